import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import type { ActionInput } from '../../../src/domain/obligation/lifecycle.ts'
import type { Calendar } from '../../../src/domain/time/calendar.ts'
import type { CalendarChange, DayPlan } from '../../../src/domain/time/calendar-change.ts'
import { addDays, type Day, dayOf, instantAt } from '../../../src/domain/time/days.ts'
import { inTransaction, type Pool, row, rows } from '../../../src/db/pool.ts'
import { runAction } from '../../../src/services/obligations/act.ts'
import { changeCalendar } from '../../../src/services/recounts/change-calendar.ts'
import { rebase } from '../../../src/services/recounts/rebase.ts'
import { readCalendar } from '../../../src/services/schedule/calendar.ts'
import { now as businessNow } from '../../../src/services/schedule/clock.ts'
import { addPolicy, currentPolicy } from '../../../src/services/schedule/policies.ts'
import { actorWith, COUNTY, heldRole, TOWN } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import { wrongHolders } from '../../support/holders.ts'
import { givenWarning } from '../../support/warnings.ts'
import { keys, makeWorkerDeps } from '../../support/worker-deps.ts'

const LEADER = actorWith(heldRole('bureau-leader', COUNTY))
const OTHER = `${COUNTY}.donghe`
const officerOf = (office: string) => ({ ...actorWith(heldRole('town-officer', office)), id: 'pe_officer' })
const OFFICER = officerOf(TOWN)

let database: Awaited<ReturnType<typeof createCounty>>
let pool: Pool
let published: Calendar
let engine: ReturnType<typeof makeInlineEngine>
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '09:00'))
  pool = database.pool
  published = await readCalendar(pool, null)
  const deps = makeWorkerDeps(pool, 'smtp://127.0.0.1:9')
  engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
})
afterAll(async () => {
  expect(await wrongHolders(pool)).toEqual([])
  await database.drop()
})

const today = async () => dayOf(await businessNow(pool))
/** What was not refused: a sequence of refusals would show nothing. */
const taken = new Set<string>()
async function act(obligation: string, action: ActionInput, actor = LEADER) {
  const answer = await inTransaction(pool, async (tx) =>
    runAction(tx, { obligation, action, actor, now: await businessNow(tx), keys }),
  )
  if (answer.done) taken.add(action.action)
  return answer
}

async function given(name: string): Promise<string> {
  await givenWarning(pool, { id: name, level: 'yellow' })
  return (await row<{ id: string }>(pool, 'select id from obligations where external_id = $1', [name]))!.id
}

/** One day of the town alone, or of the whole county. */
async function changeDay(day: Day, plan: DayPlan, ofCounty: boolean): Promise<void> {
  const change: CalendarChange = {
    scope: ofCounty ? { below: true, offices: [COUNTY] } : { below: false, offices: [TOWN] },
    spans: [{ from: day, to: day, plan, name: '汛情' }],
    source: '县防指通知',
  }
  await inTransaction(pool, async (tx) =>
    changeCalendar(tx, change, { county: COUNTY, actor: 'pe_me', now: await businessNow(tx) }),
  )
}

/** A policy that gives yellow warnings so many working days, and all open work on it. */
async function rebaseOn(workingDays: number): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const now = await businessNow(tx)
    const { rules, ...policy } = await currentPolicy(tx, COUNTY)
    const changed = rules.map((rule) =>
      rule.code === 'warning-yellow' ? { ...rule, limit: { workingDays } } : rule,
    )
    await addPolicy(tx, COUNTY, { ...policy, rules: changed }, now)
    await rebase(tx, await currentPolicy(tx, COUNTY), {
      county: COUNTY,
      actor: 'pe_me',
      now,
      why: '规则有变',
    })
  })
}

type Step =
  | { what: 'suspend' | 'request' | 'grant'; days: number }
  | { what: 'resume' | 'refuse' | 'offer' | 'receive' | 'withdraw' }
  | { what: 'day'; ahead: number; plan: DayPlan; ofCounty: boolean }
  | { what: 'rebase'; days: number }
const days = (max: number) => fc.integer({ min: 1, max })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ what: fc.constant('suspend' as const), days: days(9) }),
  fc.record({ what: fc.constantFrom('request' as const, 'grant' as const), days: days(5) }),
  fc.record({ what: fc.constantFrom('resume' as const, 'refuse' as const) }),
  fc.record({ what: fc.constantFrom('offer' as const, 'receive' as const, 'withdraw' as const) }),
  fc.record({
    what: fc.constant('day' as const),
    ahead: fc.integer({ min: -6, max: 20 }),
    plan: fc.constantFrom('off' as const, 'work' as const, 'reset' as const),
    ofCounty: fc.boolean(),
  }),
  fc.record({ what: fc.constant('rebase' as const), days: fc.integer({ min: 3, max: 15 }) }),
)
const script = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), step), { minLength: 4, maxLength: 9 })

type Script = [wait: number, next: Step][]

/** What somebody who has only the parts counts, day by day and without the product's sums. */
class Recount {
  workingDays = 10
  /** Handed over, it keeps its start, and another calendar counts. */
  office = TOWN
  readonly town = new Map<Day, DayPlan>()
  readonly county = new Map<Day, DayPlan>()

  isWorking(day: Day): boolean {
    for (const plans of this.office === TOWN ? [this.town, this.county] : [this.county]) {
      const plan = plans.get(day)
      if (plan === 'off' || plan === 'work') return plan === 'work'
    }
    return published.isWorking(day)
  }

  /** In the other town it is due no earlier than it was. */
  handOver({ startOn, stopped, more, dueOn }: Parts): void {
    this.office = this.elsewhere
    while (this.dueOn(startOn, stopped, more) < dueOn) this.workingDays += 1
  }

  get elsewhere(): string {
    return this.office === TOWN ? OTHER : TOWN
  }

  dueOn(start: Day, stopped: readonly (readonly [Day, Day])[], more: number): Day {
    const still = new Set<Day>()
    for (const [from, until] of stopped)
      for (let day = addDays(from, 1); day <= until; day = addDays(day, 1))
        if (this.isWorking(day)) still.add(day)
    let left = this.workingDays + more + still.size
    let day = start
    while (left > 0) {
      day = addDays(day, 1)
      if (this.isWorking(day)) left -= 1
    }
    return day
  }
}

type Parts = {
  dueOn: Day
  startOn: Day
  state: string
  moments: number
  stopped: [Day, Day][]
  more: number
  assigned: Day | null
}

async function partsOf(id: string): Promise<Parts> {
  return (await row<Parts>(
    pool,
    `select o.due_on as "dueOn", o.start_on as "startOn", o.state,
            (select a.due_on from assignments a where a.obligation = o.id and a.ended_at is null and a.stage = 'perform') as assigned,
            (select coalesce(sum(case x.state when 'refused' then 0 when 'granted' then x.granted_days else x.working_days end), 0)::int
               from extensions x where x.obligation = o.id) as more,
            (select coalesce(jsonb_agg(jsonb_build_array(s.a, s.b)), '[]') from (
               select from_on as a, coalesce(resumed_on, until_on) as b from pauses where obligation = o.id
               union all select waited_from, waited_until from extensions where obligation = o.id and waited_from is not null) s) as stopped,
            (select count(*)::int from pauses p join recounted_or_held h on h.obligation = p.obligation
               join firings f on f.deadline = h.deadline
               join notifications n on n.deadline = f.deadline and n.moment = f.moment
              where p.obligation = o.id and f.fired_at > p.approved_at
                and (f.fired_at at time zone 'Asia/Shanghai')::date <= coalesce(p.resumed_on, p.until_on)
                and not exists (select from assignments other where other.deadline = f.deadline and other.obligation <> o.id)) as moments
       from obligations o where o.id = $1`.replace(
      'recounted_or_held h',
      `(select obligation, deadline from assignments where stage in ('perform','redo')
         union select r.obligation, r.deadline from recounts r join assignments a on a.id = r.assignment and a.stage in ('perform','redo')) h`,
    ),
    [id],
  ))!
}

test('any sequence of pauses, requests, hand-overs, days off and policies gives the day that counting anew from the parts gives', async () => {
  let nth = 0
  const recount = new Recount()
  let playing: Promise<void> = Promise.resolve()
  const playAll = async (steps: Script) => {
    nth += 1
    await rebaseOn(10)
    recount.workingDays = 10
    recount.office = TOWN
    const id = await given(`YJ-R${nth}`)
    for (const [wait, next] of steps) {
      await engine.advanceTo(instantAt(addDays(await today(), wait), '10:00'))
      await play(id, next, recount)
      const parts = await partsOf(id)
      const expected = recount.dueOn(parts.startOn, parts.stopped, parts.more)
      expect({
        ...parts,
        dueOn: expected,
        assigned: parts.state === 'suspended' ? null : expected,
        moments: 0,
      }).toEqual(parts)
    }
    await act(id, { action: 'cancel', reason: '试验完毕' })
  }
  await fc.assert(
    fc.asyncProperty(script, (steps) => (playing = playAll(steps))),
    // A busy machine plays as many as it can in a minute.
    { numRuns: 20, interruptAfterTimeLimit: 60_000 },
  )
  // One that was interrupted still moves the clock of the other test.
  await Promise.allSettled([playing])
  expect(taken.size).toBeGreaterThan(3)
}, 240_000)

async function play(id: string, next: Step, recount: Recount): Promise<void> {
  const on = await today()
  switch (next.what) {
    case 'suspend':
      await act(id, {
        action: 'suspend',
        reasonCode: 'disaster',
        reason: '汛情',
        until: addDays(on, next.days),
      })
      return
    case 'resume':
      await act(id, { action: 'resume' })
      return
    case 'request':
      await act(
        id,
        { action: 'request-extension', reason: '户主住院', days: next.days },
        officerOf(recount.office),
      )
      return
    case 'grant':
      await act(id, { action: 'grant-extension', grantedDays: next.days })
      return
    case 'refuse':
      await act(id, { action: 'refuse-extension', reason: '可以办完' })
      return
    case 'offer': {
      const toOffice = recount.elsewhere
      await act(id, { action: 'offer-hand-over', toOffice, reason: '户籍在那里' }, officerOf(recount.office))
      return
    }
    case 'withdraw':
      await act(id, { action: 'withdraw-hand-over' }, officerOf(recount.office))
      return
    case 'receive': {
      const before = await partsOf(id)
      if ((await act(id, { action: 'accept-hand-over' })).done) recount.handOver(before)
      return
    }
    case 'day': {
      const day = addDays(on, next.ahead)
      await changeDay(day, next.plan, next.ofCounty)
      ;(next.ofCounty ? recount.county : recount.town).set(day, next.plan)
      return
    }
    case 'rebase': {
      // What is paused keeps the rule under which it was paused.
      const { state } = await partsOf(id)
      await rebaseOn(next.days)
      if (state !== 'suspended') recount.workingDays = next.days
    }
  }
}

test('what was asked in time is not late, though days and rules move while nobody has answered', async () => {
  await rebaseOn(10)
  const id = await given('YJ-ASKED')
  const { dueOn } = await partsOf(id)
  await engine.advanceTo(instantAt(dueOn, '10:00'))
  expect((await act(id, { action: 'request-extension', reason: '户主外出', days: 5 }, OFFICER)).done).toBe(
    true,
  )
  const after = await readCalendar(pool, TOWN)
  await changeDay(after.next(dueOn), 'off', false)
  await rebaseOn(9)
  await engine.advanceTo(instantAt((await readCalendar(pool, TOWN)).add(dueOn, 2), '10:00'))
  expect((await act(id, { action: 'grant-extension', grantedDays: 5 })).done).toBe(true)
  const late = `select ended_late or holder_due_at <= (select business_at from clock) as late from obligations where id = $1`
  expect(await rows(pool, late, [id])).toEqual([{ late: false }])
})
