import { afterAll, beforeAll, expect, test } from 'vitest'
import { layDemo } from '../../src/demo/demo.ts'
import { rows } from '../../src/db/pool.ts'
import { dayOf, instantAt } from '../../src/domain/time/days.ts'
import { businessNow } from '../../src/domain/time/clock.ts'
import { readClock } from '../../src/services/schedule/clock.ts'
import { CALENDAR } from '../domain/county.ts'
import { COUNTY } from '../support/county.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { keys, log } from '../support/stack.ts'

/** Before the first phase opens, so that little is to be laid. The last working day is Friday 20 May. */
const SUNDAY = instantAt('2022-05-22', '11:20')
const LETTERS = {
  ...{ dashboardUrl: 'http://127.0.0.1', mailDomain: 'duban.example', trial: true, archive: true },
  ...{ from: { name: '督办', address: 'a@duban.example' }, replyTo: 'a@duban.example' },
}

let laid: TestDatabase[]
beforeAll(async () => {
  laid = [await createTestDatabase('county'), await createTestDatabase('county')]
  for (const { pool } of laid)
    await layDemo({ pool, log, keys, letters: LETTERS, wallNow: () => SUNDAY }, COUNTY, SUNDAY, {
      warnings: 25,
    })
}, 300_000)
afterAll(async () => {
  for (const database of laid) await database.drop()
})

type Event = { at: number; action: string; office: string; name: string; actor: string; day: string }

const eventsOf = ({ pool }: TestDatabase) =>
  rows<Event>(
    pool,
    `select e.at, e.action, o.office, coalesce(o.external_id, o.title) as name, e.actor
       from events e join obligations o on o.id = e.obligation order by e.at, o.office, name, e.action`,
  )
const mailsOf = ({ pool }: TestDatabase) =>
  rows(pool, 'select composed_at, to_address from mails order by composed_at, to_address')

test('the same past is laid twice on one day', async () => {
  const [first, second] = [await eventsOf(laid[0]!), await eventsOf(laid[1]!)]
  expect(first.length).toBeGreaterThan(50)
  expect(second).toEqual(first)
  expect(await mailsOf(laid[1]!)).toEqual(await mailsOf(laid[0]!))
})

test('has problems of several towns, some struck off in order, and a file that shows what was done', async () => {
  const { pool } = laid[0]!
  const problems = await rows<{ number: number | null; state: string; office: string }>(
    pool,
    'select p.number, o.state, o.office from problems p join obligations o on o.id = p.obligation order by p.number',
  )
  expect(new Set(problems.map(({ office }) => office)).size).toBeGreaterThan(3)
  const numbers = problems.flatMap(({ number }) => (number === null ? [] : [number]))
  expect(numbers.length).toBeGreaterThan(0)
  expect(numbers).toEqual(numbers.map((_, i) => i + 1))
  expect(problems.some(({ state }) => state === 'open')).toBe(true)
  expect(await rows(pool, 'select id from attachments')).toHaveLength(1)
})

test('has a roster of some households of every town, of whom one has a warning there', async () => {
  const towns = await rows<{ office: string; households: number; warned: number }>(
    laid[0]!.pool,
    `select h.office, count(distinct h.id) as households,
            count(distinct o.id) filter (where o.office = h.office) as warned
       from roster_households h left join subjects s on s.id_no_index = h.id_no_index
       left join obligations o on o.id = s.obligation group by h.office`,
  )
  expect(towns.length).toBe(17)
  expect(towns.every(({ households }) => Number(households) >= 3)).toBe(true)
  expect(towns.filter(({ warned }) => Number(warned) > 0).length).toBeGreaterThan(8)
})

test('a mail names the town of each work that waits for a review', async () => {
  const mails = await rows<{ text: string }>(laid[0]!.pool, 'select text_body as text from mails')
  const asked = mails.flatMap(({ text }) => text.match(/^【待复核】.+(?:\n {4}· .+)*/gm) ?? [])
  expect(asked.length).toBeGreaterThan(0)
  for (const lines of asked) expect(lines).toMatch(/\(复核\) (?:\S+镇 |\d+件 → .+(?:\n {4}· \S+镇 .+)+$)/)
})

test('nothing is published, handed in or passed on a day off', async () => {
  const people = (await eventsOf(laid[0]!)).filter(({ actor }) => actor !== 'timeline')
  expect(people.length).toBeGreaterThan(40)
  expect(people.filter(({ at }) => !CALENDAR.isWorking(dayOf(at)))).toEqual([])
})

test('on a day off it shows the last working day, with something due on it, and the clock goes on from there', async () => {
  const clock = await readClock(laid[0]!.pool)
  expect(businessNow(clock, SUNDAY)).toBe(instantAt('2022-05-20', '11:20'))
  expect(businessNow(clock, SUNDAY + 60_000)).toBe(instantAt('2022-05-20', '11:21'))
  const due = await rows(laid[0]!.pool, `select id from obligations where holder_due_on = '2022-05-20'`)
  expect(due.length).toBeGreaterThan(0)
})
