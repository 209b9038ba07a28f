import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import type { ActionInput } from '../../../src/domain/obligation/lifecycle.ts'
import type { Calendar } from '../../../src/domain/time/calendar.ts'
import { addDays, type Day, dayOf, instantAt } from '../../../src/domain/time/days.ts'
import { inTransaction, type Pool, row, rows } from '../../../src/db/pool.ts'
import { runAction } from '../../../src/services/obligations/act.ts'
import { readCalendar } from '../../../src/services/schedule/calendar.ts'
import { now as businessNow } from '../../../src/services/schedule/clock.ts'
import { actorWith, CENTRE, COUNTY, heldRole, TOWN } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import { givenWarning } from '../../support/warnings.ts'
import { keys, makeWorkerDeps } from '../../support/worker-deps.ts'

const START = instantAt('2022-06-06', '09:00')
const LEADER = actorWith(heldRole('bureau-leader', COUNTY))
const CENTRE_HEAD = actorWith(heldRole('relief-centre', CENTRE))
const OFFICER = { ...actorWith(heldRole('town-officer', TOWN)), id: 'pe_officer' }
const LIMIT = 10

let database: Awaited<ReturnType<typeof createCounty>>
let pool: Pool
let calendar: Calendar
let engine: ReturnType<typeof makeInlineEngine>
beforeAll(async () => {
  database = await createCounty(START)
  pool = database.pool
  calendar = await readCalendar(pool, null)
  // Mails are composed and kept; nobody sends them here.
  const deps = makeWorkerDeps(pool, 'smtp://127.0.0.1:9')
  engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
})
afterAll(() => database.drop())

async function idOf(name: string): Promise<string> {
  return (await row<{ id: string }>(pool, 'select id from obligations where external_id = $1', [name]))!.id
}

async function act(obligation: string, action: ActionInput, actor = LEADER) {
  return inTransaction(pool, async (tx) =>
    runAction(tx, { obligation, action, actor, now: await businessNow(tx), keys }),
  )
}

async function given(name: string, level: 'yellow' | 'red' = 'yellow'): Promise<string> {
  await givenWarning(pool, { id: name, level })
  return idOf(name)
}

const afterDays = async (days: number) =>
  engine.advanceTo(instantAt(addDays(dayOf(await businessNow(pool)), days), '10:00'))

type Step =
  | { what: 'suspend'; days: number }
  | { what: 'resume' | 'refuse' }
  | { what: 'request'; days: number }
  | { what: 'grant'; days: number }
const step = fc.oneof(
  fc.record({ what: fc.constant('suspend' as const), days: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ what: fc.constantFrom('resume' as const, 'refuse' as const) }),
  fc.record({ what: fc.constant('request' as const), days: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ what: fc.constant('grant' as const), days: fc.integer({ min: 1, max: 5 }) }),
)
const script = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), step), { minLength: 3, maxLength: 7 })

/**
 * What an honest clerk writes down, day by day: the working days used, those that are allowed, and whether the clock stands still.
 * It knows nothing of the product's arithmetic.
 */
class Clerk {
  used = 0
  allowed = LIMIT
  /** Until which day it is paused at most; null while it is not. */
  pausedUntil: Day | null = null
  /** What a request asks for, and how many days had been waited past the day without it. */
  asked: number | null = null
  wasLate = false
  private today: Day

  constructor(start: Day) {
    this.today = start
  }

  /** Whoever asked in time waits on nobody's account, up to what was asked for. */
  passTo(day: Day): void {
    while (this.today < day) {
      this.today = addDays(this.today, 1)
      if (this.pausedUntil !== null && this.pausedUntil < this.today) this.pausedUntil = null
      if (this.pausedUntil === null && calendar.isWorking(this.today)) this.used += 1
    }
    // The day itself is over at its 24:00 only.
    if (this.left() < 0 || (this.left() === 0 && this.dayIsOver())) this.wasLate ||= this.pausedUntil === null
  }

  /** On a day off after the last working day the time is over. */
  private dayIsOver(): boolean {
    return !calendar.isWorking(this.today)
  }

  left(): number {
    return this.allowed + (this.asked ?? 0) - this.used
  }

  answer(days: number): void {
    const over = this.used - (this.allowed + days)
    // Working days past what is granted, while an answer was waited for; on a day off, until the next working day.
    const waited = Math.max(0, over + (calendar.isWorking(this.today) || over < 0 ? 0 : 1))
    const asked = this.asked ?? 0
    const late = calendar.isWorking(this.today) ? over > 0 : over >= 0
    this.allowed += days + (late ? Math.min(waited, asked - days) : 0)
    this.asked = null
  }
}

test('any sequence of pauses, requests and answers gives the day that counting anew gives, and no moment while paused', async () => {
  let nth = 0
  let playing: Promise<void> = Promise.resolve()
  const play = async (steps: [number, Step][]) => {
    nth += 1
    const id = await given(`YJ-P${nth}`)
    const clerk = new Clerk(dayOf(await businessNow(pool)))
    for (const [wait, next] of steps) {
      await afterDays(wait)
      clerk.passTo(dayOf(await businessNow(pool)))
      const done = await act(
        id,
        inputOf(next, dayOf(await businessNow(pool))),
        next.what === 'request' ? OFFICER : LEADER,
      )
      if (done.done) write(clerk, next, dayOf(await businessNow(pool)))
      await agrees(id, clerk, dayOf(await businessNow(pool)))
    }
    await act(id, { action: 'cancel', reason: '试验完毕' }, CENTRE_HEAD)
  }
  await fc.assert(
    fc.asyncProperty(script, (steps) => (playing = play(steps))),
    // A busy machine plays as many as it can in a minute.
    { numRuns: 25, interruptAfterTimeLimit: 60_000 },
  )
  // One that was interrupted still moves the clock of the other tests.
  await Promise.allSettled([playing])
}, 240_000)

function inputOf(next: Step, today: Day): ActionInput {
  switch (next.what) {
    case 'suspend':
      return { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: addDays(today, next.days) }
    case 'resume':
      return { action: 'resume' }
    case 'request':
      return { action: 'request-extension', reason: '户主住院', days: next.days }
    case 'grant':
      return { action: 'grant-extension', grantedDays: next.days }
    case 'refuse':
      return { action: 'refuse-extension', reason: '可以办完' }
  }
}

function write(clerk: Clerk, next: Step, today: Day): void {
  if (next.what === 'suspend') clerk.pausedUntil = addDays(today, next.days)
  if (next.what === 'resume') clerk.pausedUntil = null
  if (next.what === 'request') clerk.asked = next.days
  if (next.what === 'grant') clerk.answer(next.days)
  if (next.what === 'refuse') clerk.answer(0)
}

type Row = { dueOn: Day; state: string; stage: string; late: boolean; moments: number }

async function agrees(id: string, clerk: Clerk, today: Day): Promise<void> {
  const found = await row<Row>(
    pool,
    `select o.due_on as "dueOn", o.state, o.stage,
            o.ended_late or (o.stage <> 'pause' and o.holder_due_at <= (select business_at from clock)) as late,
            (select count(*)::int from pauses p join assignments a on a.obligation = p.obligation and a.stage in ('perform','redo')
               join notifications n on n.deadline = a.deadline
               join firings f on f.deadline = a.deadline and f.moment = n.moment
              where p.obligation = o.id and f.fired_at > p.approved_at
                and (f.fired_at at time zone 'Asia/Shanghai')::date <= coalesce(p.resumed_on, p.until_on)
                and not exists (select from assignments other where other.deadline = a.deadline and other.obligation <> o.id)) as moments
       from obligations o where o.id = $1`,
    [id],
  )
  const { dueOn, state, late, moments } = found!
  expect(state).toBe(clerk.pausedUntil === null ? 'open' : 'suspended')
  // From the end of the pause on, what is left is what the clerk says is left.
  const from = clerk.pausedUntil ?? today
  expect(calendar.between(from, dueOn) - calendar.between(dueOn, from)).toBe(clerk.left())
  // Late is for good; whoever asked in time is not late before what they asked for is used up.
  if (clerk.wasLate) expect(late).toBe(true)
  if (clerk.left() > 0 && !clerk.wasLate) expect(late).toBe(false)
  expect(moments).toBe(0)
}

test('what was requested in time and granted after the day was never late', async () => {
  const id = await given('YJ-T1', 'red')
  await afterDays(2)
  expect((await act(id, { action: 'request-extension', reason: '户主外出', days: 4 }, OFFICER)).done).toBe(
    true,
  )
  await afterDays(5)
  expect((await act(id, { action: 'grant-extension', grantedDays: 2 })).done).toBe(true)
  const late = `select ended_late or holder_due_at <= (select business_at from clock) as late from obligations where id = $1`
  expect(await row(pool, late, [id])).toEqual({ late: false })
})

test('a request says when it was the last day, and who answers depends on how many there were', async () => {
  const id = await given('YJ-T2')
  const asked = { action: 'request-extension', reason: '材料未齐', days: 2 } as const
  expect((await act(id, asked, OFFICER)).done).toBe(true)
  expect((await act(id, { action: 'grant-extension' }, CENTRE_HEAD)).done).toBe(true)
  const dueOn = (await row<{ dueOn: Day }>(pool, 'select due_on as "dueOn" from obligations where id = $1', [
    id,
  ]))!.dueOn
  await engine.advanceTo(instantAt(dueOn, '16:00'))
  expect((await act(id, asked, OFFICER)).done).toBe(true)
  expect(
    await rows(
      pool,
      'select on_last_day as last, office from extensions where obligation = $1 order by asked_at',
      [id],
    ),
  ).toEqual([
    { last: false, office: CENTRE },
    { last: true, office: COUNTY },
  ])
  expect(await act(id, { action: 'grant-extension' }, CENTRE_HEAD)).toMatchObject({
    done: false,
    refusal: { refused: 'forbidden', message: '这件事由分管局领导决定。' },
  })
})

test('beyond what the policy allows a pause is refused, with the last day it may have and who decides beyond', async () => {
  const id = await given('YJ-T3')
  const today = dayOf(await businessNow(pool))
  const until = calendar.add(today, 31)
  const pause = { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until } as const
  expect(await act(id, pause, CENTRE_HEAD)).toMatchObject({
    done: false,
    refusal: {
      refused: 'too-long',
      message: expect.stringContaining(
        `最晚可以填 ${calendar.add(today, 30)};再长的由分管局领导决定`,
      ) as string,
    },
  })
  expect((await act(id, { ...pause, until: today }, CENTRE_HEAD)).done).toBe(false)
  expect((await act(id, pause, LEADER)).done).toBe(true)
  expect((await act(id, { action: 'resume' }, CENTRE_HEAD)).done).toBe(true)
  for (const again of [1, 2]) {
    await act(id, { ...pause, until: addDays(today, again) }, LEADER)
    await act(id, { action: 'resume' }, LEADER)
  }
  expect(await act(id, { ...pause, until: addDays(today, 1) }, CENTRE_HEAD)).toMatchObject({
    done: false,
    refusal: { message: expect.stringContaining('再暂停由分管局领导决定') as string },
  })
})

test('work that is handed in or cancelled leaves no pause and no request behind', async () => {
  const [handedIn, cancelled] = [await given('YJ-T4'), await given('YJ-T5')]
  await act(handedIn, { action: 'request-extension', reason: '户主外出', days: 3 }, OFFICER)
  expect((await act(handedIn, { action: 'submit', result: { outcome: 'ineligible' } }, OFFICER)).done).toBe(
    true,
  )
  const until = addDays(dayOf(await businessNow(pool)), 20)
  await act(cancelled, { action: 'suspend', reasonCode: 'disputed', reason: '权属不清', until })
  expect((await act(cancelled, { action: 'cancel', reason: '平台已撤回' })).done).toBe(true)
  const open = `select
    (select count(*)::int from extensions where obligation = any($1) and state = 'pending') as requests,
    (select count(*)::int from pauses where obligation = any($1) and resumed_on is null) as pauses,
    (select count(*)::int from assignments where obligation = any($1) and ended_at is null and stage <> 'review') as held`
  expect(await row(pool, open, [[handedIn, cancelled]])).toEqual({ requests: 0, pauses: 0, held: 0 })
})
