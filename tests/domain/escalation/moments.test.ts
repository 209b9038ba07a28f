import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beijingText, type Day, endOfDay, type Instant, instantAt } from '../../../src/domain/time/days.ts'
import { type MomentForm, momentName } from '../../../src/domain/escalation/moment-form.ts'
import { type FiredMoment, spreadOf } from '../../../src/domain/escalation/moment-schedule.ts'
import { planMoments, type PlanInput } from '../../../src/domain/escalation/moments.ts'
import { ruleByCode, type RungPeople } from '../../../src/domain/escalation/policy.ts'
import { chineseCalendarData } from '../../../src/domain/time/calendar-data.ts'
import { makeCalendar } from '../../../src/domain/time/calendar.ts'
import { CALENDAR, HOURS, POLICY } from '../county.ts'

/** `2022-06-08 08:30` Beijing time. */
const at = (text: string): Instant => instantAt(text.slice(0, 10), text.slice(11))
const due = (dueOn: Day, rule: string, startedAt: Instant): PlanInput => ({
  dueOn,
  dueAt: endOfDay(dueOn),
  rule: ruleByCode(POLICY, rule),
  officeKind: 'town',
  startedAt,
  joins: 1,
  fired: [],
  spreadMs: 0,
  calendar: CALENDAR,
  hours: HOURS,
  now: startedAt,
})
const ORANGE = due('2022-06-10', 'warning-orange', at('2022-06-02 10:00'))
const RED = due('2022-06-08', 'warning-red', at('2022-06-02 10:00'))

const firedOf = (...forms: MomentForm[]): FiredMoment[] =>
  forms.map((form) => ({ moment: momentName(form), form, joins: 1 }))
const ASSIGNED: MomentForm = { series: 'assigned' }
const BEFORE: MomentForm = { series: 'before', workingDays: 2 }

type Step = { moment: string; firedAt: Instant; at: Instant; collapsed: string[] }
/** Lets time pass: at each of the instants the plan is asked and what is due fires. */
function walk(input: PlanInput, instants: Instant[], joinsAt: (now: Instant) => number = () => 1) {
  const fired: FiredMoment[] = []
  const steps: Step[] = []
  for (const now of instants) {
    const joins = joinsAt(now)
    const { due: firing } = planMoments({ ...input, joins, fired, now })
    if (!firing) continue
    const collapsed = firing.collapsed.map((m) => m.moment)
    fired.push(...[...firing.collapsed, firing].map(({ moment, form }) => ({ moment, form, joins })))
    steps.push({ moment: firing.moment, firedAt: now, at: firing.at, collapsed })
  }
  return steps
}
/** As the engine does it: each answer names the next instant to ask at. */
function wakes(input: PlanInput, until: Instant): Step[] {
  const fired: FiredMoment[] = []
  const steps: Step[] = []
  for (let now: Instant | null = input.startedAt; now !== null && now <= until;) {
    const plan = planMoments({ ...input, fired, now })
    if (plan.due) {
      const collapsed = plan.due.collapsed.map((m) => m.moment)
      fired.push(...[...plan.due.collapsed, plan.due].map(({ moment, form }) => ({ moment, form, joins: 1 })))
      steps.push({ moment: plan.due.moment, firedAt: now, at: plan.due.at, collapsed })
    }
    if (plan.nextWake !== null) expect(plan.nextWake).toBeGreaterThan(now)
    now = plan.nextWake
  }
  return steps
}
const schedule = (steps: Step[]) => steps.map((s) => `${beijingText(s.at)} ${s.moment}`)

describe('a warning that nobody works on', () => {
  it('of level orange with five working days from 2 June 2022 is reminded, then escalated, then repeated every five working days', () => {
    expect(schedule(wakes(ORANGE, at('2022-07-02 00:00')))).toEqual([
      '2022-06-02 10:00 assigned',
      '2022-06-08 08:30 remind-2wd',
      '2022-06-10 08:30 due-day',
      '2022-06-13 08:30 rung-1',
      '2022-06-15 08:30 rung-2',
      '2022-06-17 08:30 rung-3',
      '2022-06-24 08:30 repeat-1',
      '2022-07-01 08:30 repeat-2',
    ])
  })

  it('of level red is told at once and urgently, and twice on the due day', () => {
    const first = planMoments(RED).due
    expect(first).toMatchObject({ moment: 'assigned', urgent: true, audiences: [{ to: 'holder' }] })
    expect(schedule(wakes(RED, at('2022-06-16 00:00')))).toEqual([
      '2022-06-02 10:00 assigned',
      '2022-06-07 08:30 remind-1wd',
      '2022-06-08 08:30 due-day',
      '2022-06-08 14:30 due-day-1430',
      '2022-06-09 08:30 rung-1',
      '2022-06-10 08:30 rung-2',
      '2022-06-13 08:30 rung-3',
      '2022-06-15 08:30 repeat-1',
    ])
  })

  it('phase work due on Sunday 31 May 2026 is reminded of on the working day before, and is late from Monday on', () => {
    const launch = due('2026-05-31', 'phase-work', at('2026-05-06 09:00'))
    expect(schedule(wakes(launch, at('2026-06-04 00:00')))).toEqual([
      '2026-05-06 09:00 assigned',
      '2026-05-15 08:30 remind-10wd',
      '2026-05-22 08:30 remind-5wd',
      '2026-05-28 08:30 remind-1wd',
      '2026-05-29 08:30 due-day',
      '2026-06-01 08:30 rung-1',
      '2026-06-03 08:30 rung-2',
    ])
  })

  it('a centre has no town head, so its first rung is the relief centre', () => {
    const steps = wakes({ ...ORANGE, officeKind: 'county-centre' }, at('2022-06-18 00:00'))
    expect(schedule(steps).slice(3)).toEqual(['2022-06-15 08:30 rung-1', '2022-06-17 08:30 rung-2'])
  })

  it('a rule without repeats ends after its last rung', () => {
    const review = due('2022-06-10', 'review', at('2022-06-02 10:00'))
    const rule = { ...review.rule, repeat: undefined }
    const fired = firedOf({ series: 'submitted' }, { series: 'due-day' }, { series: 'rung', n: 1 })
    const plan = planMoments({ ...review, rule, fired, now: at('2022-08-01 09:00') })
    expect(plan).toEqual({ due: null, nextWake: null, upcoming: [] })
  })

  it('a moment is decided up to 25 minutes before its round', () => {
    const spreadMs = spreadOf('dl_1')
    const plan = planMoments({ ...ORANGE, spreadMs })
    expect(plan.nextWake).toBe(at('2022-06-08 08:30') - spreadMs)
    expect(plan.upcoming[0]).toMatchObject({ name: 'remind-2wd', at: at('2022-06-08 08:30') })
  })
})

describe('after an outage', () => {
  it('the latest missed moment is told to everybody who was owed a missed one', () => {
    const { due: firing, nextWake } = planMoments({ ...ORANGE, now: at('2022-06-15 11:00') })
    expect(firing).toEqual({
      moment: 'rung-2',
      inTime: true,
      form: { series: 'rung', n: 2 },
      at: at('2022-06-15 08:30'),
      urgent: false,
      audiences: [
        { to: 'holder' },
        { to: 'rung', rung: 1, roles: ['town-head'] },
        { to: 'rung', rung: 2, roles: ['relief-centre'] },
        { to: 'copy', rung: 2, roles: ['town-head'] },
      ],
      collapsed: [
        { moment: 'assigned', form: ASSIGNED, at: at('2022-06-02 10:00') },
        { moment: 'remind-2wd', form: BEFORE, at: at('2022-06-08 08:30') },
        { moment: 'due-day', form: { series: 'due-day' }, at: at('2022-06-10 08:30') },
        { moment: 'rung-1', form: { series: 'rung', n: 1 }, at: at('2022-06-13 08:30') },
      ],
    })
    expect(nextWake).toBe(at('2022-06-17 08:30'))
  })

  it.each([
    ['that a change of days put into the past is not in time', { plannedAt: at('2022-06-10 08:24') }, false],
    ['that lay before the start is not in time', { startedAt: at('2022-06-08 10:00') }, false],
    ['that was overslept is in time', { plannedAt: at('2022-06-08 08:24') }, true],
    ['of which nobody knows when it was planned is in time', { plannedAt: null }, true],
  ])('a reminder %s', (_what, known, inTime) => {
    const rule = {
      ...ORANGE.rule,
      reminders: ORANGE.rule.reminders.filter(({ when }) => when !== 'assigned'),
    }
    const { due: firing } = planMoments({ ...ORANGE, rule, ...known, now: at('2022-06-08 11:00') })
    expect(firing).toMatchObject({ moment: 'remind-2wd', at: at('2022-06-08 08:30'), inTime })
  })

  it('a reminder that the next morning would bring after its day is in time, and what is late is not', () => {
    const fired = firedOf(ASSIGNED, BEFORE)
    const fixed = { ...ORANGE, fired, plannedAt: at('2022-06-13 08:24') }
    // The tenth is made free: it is reminded of on the day before.
    const calendar = makeCalendar(chineseCalendarData, [
      { day: '2022-06-10', working: false, name: '防汛', source: '县政府' },
    ])
    const { due: firing } = planMoments({ ...fixed, calendar, now: at('2022-06-09 11:00') })
    expect(firing).toMatchObject({ moment: 'due-day', at: at('2022-06-09 08:30'), inTime: true })
    // A Saturday that the office alone works is no morning of the county's mail.
    const saturday = makeCalendar(chineseCalendarData, [
      { day: '2022-06-11', working: true, name: '加班', source: '镇里' },
    ])
    const office = {
      ...fixed,
      dueOn: '2022-06-11',
      dueAt: endOfDay('2022-06-11'),
      plannedAt: at('2022-06-13 08:24'),
    }
    const brought = { ...office, fired: firedOf(ASSIGNED), calendar: saturday, now: at('2022-06-10 11:00') }
    expect(planMoments(brought).due).toMatchObject({ at: at('2022-06-09 08:30'), inTime: false })
    expect(planMoments({ ...brought, countyCalendar: CALENDAR }).due).toMatchObject({ inTime: true })
    const late = planMoments({
      ...fixed,
      fired: [...fired, ...firedOf({ series: 'due-day' })],
      plannedAt: at('2022-06-20 08:24'),
      now: at('2022-06-13 11:00'),
    })
    expect(late.due).toMatchObject({ moment: 'rung-1', inTime: false })
  })

  it('a moment whose round is still ahead is in time', () => {
    const { due: firing } = planMoments({
      ...{ ...ORANGE, spreadMs: 6 * 60_000, fired: firedOf(ASSIGNED) },
      ...{ plannedAt: at('2022-06-10 08:24'), now: at('2022-06-08 08:26') },
    })
    expect(firing).toMatchObject({ moment: 'remind-2wd', inTime: true })
  })

  it('a red warning that joins late is told urgently, to everybody above as well', () => {
    const late = planMoments({ ...RED, startedAt: at('2022-06-09 10:00'), now: at('2022-06-09 10:00') }).due
    expect(late).toMatchObject({ moment: 'assigned', urgent: true })
    expect(late?.audiences).toEqual([{ to: 'holder' }, { to: 'rung', rung: 1, roles: ['town-head'] }])
  })

  it('a repeat has the rung of its role', () => {
    const { due: firing } = planMoments({ ...ORANGE, now: at('2022-06-24 09:00') })
    expect(firing?.moment).toBe('repeat-1')
    expect(firing?.audiences.flatMap((a) => (a.to === 'rung' ? a.rung : []))).toEqual([1, 2, 3])
  })

  it('a fired moment is never planned again, even when the calendar moved it', () => {
    const fired = firedOf(BEFORE)
    const { upcoming, nextWake } = planMoments({ ...ORANGE, fired, now: at('2022-06-03 09:00') })
    expect(upcoming.map((m) => m.name)).not.toContain('remind-2wd')
    expect(nextWake).toBe(at('2022-06-10 08:30'))
  })
})

describe('an assignment that joins later', () => {
  const fired = firedOf(ASSIGNED, BEFORE)

  it('is told what was told before', () => {
    const { due: firing } = planMoments({ ...ORANGE, joins: 2, fired, now: at('2022-06-09 09:00') })
    expect(firing).toMatchObject({ moment: 'join-1', at: at('2022-06-09 09:00'), urgent: false })
    expect(firing?.audiences).toEqual([{ to: 'holder' }])
  })

  it('has missed nothing before the first moment', () => {
    const { due: firing } = planMoments({ ...ORANGE, joins: 5, now: at('2022-06-07 09:00') })
    expect(firing).toMatchObject({ moment: 'assigned', collapsed: [] })
    const reminders = ORANGE.rule.reminders.filter((r) => r.when !== 'assigned')
    const untold = { ...ORANGE, rule: { ...ORANGE.rule, reminders } }
    expect(planMoments({ ...untold, joins: 5, now: at('2022-06-07 09:00') }).due).toBeNull()
  })

  it('is told once', () => {
    const joined: MomentForm = { series: 'joined', n: 1 }
    const told = [...fired, { moment: 'join-1', form: joined, joins: 2 }]
    expect(planMoments({ ...ORANGE, joins: 2, fired: told, now: at('2022-06-09 09:30') }).due).toBeNull()
    const again = planMoments({ ...ORANGE, joins: 3, fired: told, now: at('2022-06-09 10:00') }).due
    expect(again?.moment).toBe('join-2')
  })

  it('is told together with the next moment that is due anyway', () => {
    const { due: firing } = planMoments({ ...ORANGE, joins: 2, fired, now: at('2022-06-10 08:30') })
    expect(firing?.moment).toBe('due-day')
    expect(firing?.collapsed.map((m) => m.moment)).toEqual(['join-1'])
  })
})

describe('a turn that begins', () => {
  const first = (rule: string) => planMoments(due('2022-06-20', rule, at('2022-06-02 10:00'))).due

  it.each([
    ['warning-red', 'assigned', true],
    ['warning-orange', 'assigned', false],
    ['warning-yellow', 'assigned', false],
    ['phase-work', 'assigned', false],
    ['review', 'submitted', false],
    ['warning-red/redo', 'returned', false],
    ['phase-work/redo', 'returned', false],
  ])('under %s is told as %s to whoever holds it (urgently: %s)', (rule, moment, urgent) => {
    const at0 = at('2022-06-02 10:00')
    expect(first(rule)).toMatchObject({ moment, urgent, at: at0, audiences: [{ to: 'holder' }] })
  })

  it('has no moment for its acceptance, which no open deadline is left to tell of', () => {
    const rule = { ...ORANGE.rule, reminders: [{ when: 'accepted' as const }] }
    const { due: firing, upcoming } = planMoments({ ...ORANGE, rule })
    expect(firing).toBeNull()
    expect(upcoming[0]?.name).toBe('rung-1')
  })
})

describe('whom a rung tells', () => {
  const audiencesOn = (people: Partial<RungPeople>) => {
    const ladder = [{ afterWorkingDays: 1, roles: ['town-head' as const], ...people }]
    const rule = { ...ORANGE.rule, reminders: [], ladder }
    return planMoments({ ...ORANGE, rule, now: at('2022-06-13 09:00') }).due?.audiences
  }
  const head = { to: 'rung', rung: 1, roles: ['town-head'] }

  it('is its roles alone where nobody gets a copy', () => {
    expect(audiencesOn({})).toEqual([head])
  })

  it('is whoever is late as well, as its holder', () => {
    expect(audiencesOn({ cc: ['performer'] })).toEqual([head, { to: 'holder' }])
  })

  it('is each role that gets a copy', () => {
    expect(audiencesOn({ cc: ['performer', 'relief-centre', 'bureau-leader'] })).toEqual([
      head,
      { to: 'holder' },
      { to: 'copy', rung: 1, roles: ['relief-centre'] },
      { to: 'copy', rung: 1, roles: ['bureau-leader'] },
    ])
  })

  it('is the first of several only where the policy says so', () => {
    expect(audiencesOn({ whom: 'first' })).toEqual([{ ...head, whom: 'first' }])
    expect(audiencesOn({ whom: 'all' })).toEqual([head])
  })

  it.each(['warning-red', 'warning-orange', 'phase-work', 'review', 'warning-yellow/redo'])(
    'under %s is whoever is late on every rung and every repeat',
    (rule) => {
      const input = due('2022-06-10', rule, at('2022-06-02 10:00'))
      const late = planMoments({ ...input, now: at('2022-06-11 09:00') }).upcoming
      expect(late.length).toBeGreaterThan(3)
      for (const { audiences } of late) expect(audiences).toContainEqual({ to: 'holder' })
    },
  )

  it('is everybody of the collapsed moments, also where a repeat on the same rung copies others', () => {
    const repeat = { everyWorkingDays: 5, roles: ['relief-centre' as const], cc: ['auditor' as const] }
    const input = { ...ORANGE, rule: { ...ORANGE.rule, repeat } }
    const { due: firing } = planMoments({ ...input, now: at('2022-06-24 09:00') })
    expect(firing?.audiences).toContainEqual({ to: 'copy', rung: 2, roles: ['town-head'] })
    expect(firing?.audiences).toContainEqual({ to: 'copy', rung: 2, roles: ['auditor'] })
  })
})

describe('an obligation registered long after its day', () => {
  const startedAt = instantAt(CALENDAR.add('2022-06-10', 30), '10:00')
  const old = due('2022-06-10', 'warning-orange', startedAt)

  it('has no repeat of before its start', () => {
    const { due: firing } = planMoments(old)
    const told = [...firing!.collapsed, firing!].map((m) => m.form.series)
    expect(told).not.toContain('repeat')
    expect(firing).toMatchObject({ moment: 'assigned', at: startedAt })
  })

  it('begins with the first repeat at the next of its days, whose number is one though its key counts from the due day', () => {
    const repeats = wakes(old, instantAt(CALENDAR.add('2022-06-10', 46), '09:00')).slice(1)
    expect(schedule(repeats)).toEqual(
      [35, 40, 45].map((days, i) => `${CALENDAR.add('2022-06-10', days)} 08:30 repeat-${i + 6}`),
    )
    const forms = planMoments(old).upcoming.flatMap(({ form }) => (form.series === 'repeat' ? form.n : []))
    expect(forms.slice(0, 3)).toEqual([1, 2, 3])
  })
})

describe('for random policies and times', () => {
  const rules = POLICY.rules.map((r) => r.code)
  const inputs = fc
    .record({
      rule: fc.constantFrom(...rules),
      officeKind: fc.constantFrom('town' as const, 'county-centre' as const),
      startDay: fc.integer({ min: 0, max: 700 }),
      minute: fc.integer({ min: 0, max: 1439 }),
      days: fc.integer({ min: -3, max: 40 }),
      spread: fc.integer({ min: 0, max: 25 }),
    })
    .map(({ rule, officeKind, startDay, minute, days, spread }) => {
      const start = CALENDAR.add('2022-01-04', startDay)
      const startedAt = instantAt(start, '00:00') + minute * 60_000
      return { ...due(CALENDAR.add(start, days), rule, startedAt), officeKind, spreadMs: spread * 60_000 }
    })
  const jumps = fc.array(fc.integer({ min: 1, max: 20 * 24 * 60 }), { minLength: 1, maxLength: 40 })
  const instantsFrom = (start: Instant, minutes: number[]) =>
    minutes.map((_, i) => start + minutes.slice(0, i).reduce((a, b) => a + b, 0) * 60_000)
  const told = (steps: Step[]) => steps.flatMap((s) => [...s.collapsed, s.moment])

  it('every moment is fired or collapsed exactly once and never early, however time jumps', () => {
    fc.assert(
      fc.property(inputs, jumps, (input, minutes) => {
        const instants = instantsFrom(input.startedAt, minutes)
        const last = instants[instants.length - 1]!
        const jumped = walk(input, instants)
        const names = told(jumped)
        expect(new Set(names).size).toBe(names.length)
        expect([...names].sort()).toEqual(told(wakes(input, last)).sort())
        for (const step of jumped) expect(step.firedAt).toBeGreaterThanOrEqual(step.at - input.spreadMs)
      }),
    )
  })

  it('planning twice gives the same plan, and a fired moment is not due again', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 0, max: 90 * 24 * 60 }), (input, minutes) => {
        const now = input.startedAt + minutes * 60_000
        const plan = planMoments({ ...input, now })
        expect(planMoments({ ...input, now })).toEqual(plan)
        const fired = [...(plan.due?.collapsed ?? []), ...(plan.due ? [plan.due] : [])].map(
          ({ moment, form }) => ({ moment, form, joins: 1 }),
        )
        expect(planMoments({ ...input, fired, now })).toEqual({ ...plan, due: null })
      }),
    )
  })

  it('the next wake is the earliest moment ahead and never in the past', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 0, max: 90 * 24 * 60 }), (input, minutes) => {
        const now = input.startedAt + minutes * 60_000
        const { nextWake, upcoming } = planMoments({ ...input, now })
        expect(nextWake).toBe(upcoming.length === 0 ? null : Math.min(...upcoming.map((m) => m.decideAt)))
        if (nextWake !== null) expect(nextWake).toBeGreaterThan(now)
        if (input.rule.repeat) expect(nextWake).not.toBeNull()
      }),
    )
  })

  it('no join causes a telling without reason, and none is forgotten', () => {
    fc.assert(
      fc.property(inputs, jumps, fc.array(fc.boolean()), (input, minutes, joining) => {
        const instants = instantsFrom(input.startedAt, minutes)
        const joinsAt = (now: Instant) =>
          1 + joining.filter((joins, i) => joins && (instants[i] ?? 0) <= now).length
        const steps = walk(input, instants, joinsAt)
        const names = told(steps)
        expect(new Set(names).size).toBe(names.length)
        const first = steps[0]?.firedAt ?? Infinity
        const joinedAfter = instants.filter((now, i) => joining[i] && now > first).length
        expect(names.filter((name) => name.startsWith('join-'))).toHaveLength(joinedAfter)
      }),
    )
  })

  it('deadlines are spread over the whole minutes of the half hour before the round, always the same way', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        const spread = spreadOf(id)
        expect(spread % 60_000).toBe(0)
        expect(spread).toBeGreaterThanOrEqual(0)
        expect(spread).toBeLessThanOrEqual(25 * 60_000)
        expect(spreadOf(id)).toBe(spread)
      }),
    )
    const minutes = new Set(Array.from({ length: 500 }, (_, i) => spreadOf(`dl_${i}`)))
    expect(minutes.size).toBeGreaterThan(20)
  })
})

describe('what lay before a start without notice', () => {
  const silent = { ...ORANGE, joins: 0, silentUntil: at('2022-06-13 10:00') }
  const rungs = (input: PlanInput) =>
    planMoments(input).due?.audiences.flatMap((a) => (a.to === 'rung' ? a.rung : []))

  it('collapses without its audiences, however late the first look', () => {
    const { due: firing } = planMoments({ ...silent, now: at('2022-06-15 09:00') })
    expect(firing?.moment).toBe('rung-2')
    expect(firing?.collapsed.map((m) => m.moment)).toContain('rung-1')
    expect(rungs({ ...silent, now: at('2022-06-15 09:00') })).toEqual([2])
  })

  it('speaks again once somebody joined', () => {
    expect(rungs({ ...silent, joins: 1, now: at('2022-06-15 09:00') })).toEqual([1, 2])
  })

  it('stays unsaid where others had been told before, and had left by then', () => {
    const fired = [{ moment: 'assigned', form: { series: 'assigned' } as const, joins: 2 }]
    const left = { ...silent, joins: 2, fired, now: at('2022-06-15 09:00') }
    expect(rungs(left)).toEqual([2])
    expect(rungs({ ...left, joins: 3 })).toEqual([1, 2])
  })

  it('gives repeats no numbers: the first one sent is the first', () => {
    const old = { ...silent, silentUntil: at('2022-08-01 10:00'), now: at('2022-08-01 10:00') }
    const [first] = planMoments(old).upcoming
    expect(first?.form).toEqual({ series: 'repeat', n: 1 })
    expect(first?.at).toBeGreaterThan(old.silentUntil)
  })

  /** The numbers of the repeats to come, by their keys. */
  const numbers = (input: PlanInput) =>
    new Map(
      planMoments(input).upcoming.flatMap(({ name, form }) =>
        form.series === 'repeat' ? [[name, form.n] as const] : [],
      ),
    )

  it('gives a repeat the number that it keeps as the silence ends, and goes on from what was sent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 0, max: 40 }),
        (quiet, sent, later) => {
          const silentUntil = instantAt(CALENDAR.add('2022-06-10', quiet), '10:00')
          const input: PlanInput = { ...silent, silentUntil, now: silentUntil }
          const before = numbers(input)
          expect(numbers({ ...input, joins: 1 })).toEqual(before)
          // Some are sent; then the silence begins anew for whoever joins a deadline that everybody had left.
          const fired = [...before].slice(0, sent).map(([moment, n]) => {
            const form: MomentForm = { series: 'repeat', n }
            return { moment, form, joins: 0 }
          })
          const anew = instantAt(CALENDAR.add('2022-06-10', quiet + later), '10:00')
          const left = { ...input, fired, silentUntil: anew, now: anew }
          const [next] = numbers(left).values()
          expect(next).toBe(fired.length + 1)
          expect(numbers({ ...left, joins: 1 })).toEqual(numbers(left))
        },
      ),
    )
  })
})
