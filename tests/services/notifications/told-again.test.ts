import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import { type Instant, instantAt } from '../../../src/domain/time/days.ts'
import { type Pool, rows } from '../../../src/db/pool.ts'
import { askedFaults } from '../../../src/rehearsal/asked-words.ts'
import type { StoryTurn } from '../../../src/rehearsal/expected-history.ts'
import { peopleOf } from '../../../src/rehearsal/people.ts'
import { simpleCalendar } from '../../../src/rehearsal/simple-calendar.ts'
import { lastLetters } from '../../../src/services/notifications/last-letters.ts'
import { againFaults } from '../../../src/rehearsal/told-again.ts'
import { HOLDINGS, OFFICES } from '../../rehearsal/who.ts'
import { createCounty } from '../../support/county.ts'
import { givenWarning } from '../../support/warnings.ts'
import { makeWorkerDeps } from '../../support/worker-deps.ts'

let database: Awaited<ReturnType<typeof createCounty>>
let pool: Pool
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '09:00'))
  pool = database.pool
})
afterAll(() => database.drop())

type Sent = { at: Instant; day: string; text: string; html: string; subject: string }
/** Of 毛坝镇. */
const HEAD = 'head@maoba.'
const lettersTo = (address: string) =>
  rows<Sent>(
    pool,
    `select m.composed_at as at, to_char(m.composed_at at time zone 'Asia/Shanghai', 'MM-DD') as day, m.text_body as text,
            m.html_body as html, m.subject
       from mails m where m.to_address like $1 order by m.composed_at, m.id`,
    [`${address}%`],
  )
/** The heading of what is to be pressed. */
const heading = ({ text }: Pick<Sent, 'text'>) => /^—— (请您督促.+) ——$/m.exec(text)?.[1] ?? ''

test('a leader reads apart what is new and what an earlier letter asked, in numbers that go on from it', async () => {
  const deps = makeWorkerDeps(pool, 'smtp://127.0.0.1:9')
  const engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  await givenWarning(pool, { id: 'YJ1', level: 'red' })
  await engine.advanceTo(instantAt('2022-06-09', '10:00'))
  for (const id of ['YJ2', 'YJ3']) await givenWarning(pool, { id, level: 'red', town: 'donghe' })
  await engine.advanceTo(instantAt('2022-06-30', '18:00'))
  const pressing = (await lettersTo('leader@')).filter((sent) => heading(sent) !== '')
  const [first] = pressing
  expect(heading(first!)).toBe('请您督促红色 1 件')
  const parted = pressing.filter((sent) => heading(sent).includes('新增'))
  expect(parted.map(heading)).toEqual(['请您督促红色 3 件:新增 2 件、再次 1 件'])
  expect(parted[0]!.subject).toBe('【督办】请督促新增红色 2 件(洞河镇)')
  // What did not fit into the subject stands behind it.
  expect(parted[0]!.html).toMatch(/>再次督促红色 1 件/)
  expect(parted[0]!.text).toMatch(/ {4}新增 2 件:\n.*洞河镇[^]*? {4}再次 1 件:\n.*毛坝镇/)
  // Before that letter nothing is new beside the first, and after it all three are told again.
  const at = pressing.indexOf(parted[0]!)
  for (const sent of pressing.slice(1, at)) expect(heading(sent)).toBe('请您督促红色 1 件:均为再次督促')
  expect(pressing.slice(at + 1).length).toBeGreaterThan(0)
  for (const sent of pressing.slice(at + 1)) expect(heading(sent)).toBe('请您督促红色 3 件:均为再次督促')
  for (const { text } of await lettersTo('leader@')) expect(askedFaults(text)).toEqual([])
  await countsAsTheStory('leader@', 'leader@x.test')
})

test('a head reads apart what is late in the town since the last letter, and what that told', async () => {
  const deps = makeWorkerDeps(pool, 'smtp://127.0.0.1:9')
  const engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  await givenWarning(pool, { id: 'YJ4', level: 'red' })
  await engine.advanceTo(instantAt('2022-07-08', '18:00'))
  const letters = (await lettersTo(HEAD)).filter((sent) => heading(sent) !== '')
  const [first] = letters
  expect(heading(first!)).toBe('请您督促红色 1 件')
  const parted = letters.filter((sent) => heading(sent).includes('新增'))
  expect(parted.map(heading)).toEqual(['请您督促红色 2 件:新增 1 件、再次 1 件'])
  expect(parted[0]!.subject).toMatch(/^【督办】逾期 2 件\(红色 2 件\),其中新增 1 件/)
  expect(parted[0]!.text).toMatch(/ {4}新增 1 件:\n.*YJ4[^]*? {4}再次 1 件:\n.*YJ1/)
  const at = letters.indexOf(parted[0]!)
  for (const sent of letters.slice(1, at)) expect(heading(sent)).toBe('请您督促红色 1 件:均为再次督促')
  expect(letters.slice(at + 1).length).toBeGreaterThan(0)
  for (const sent of letters.slice(at + 1)) expect(heading(sent)).toBe('请您督促红色 2 件:均为再次督促')
  for (const { text } of letters) expect(askedFaults(text)).toEqual([])
  await countsAsTheStory(HEAD, 'head@x.test')
})

test('of a letter of the release before, which kept its ids as an array, the same is known as told', async () => {
  const sent = await rows<{ person: string }>(
    pool,
    `select distinct person from mails where counted ? 'held.perform.late'`,
  )
  const people = sent.map(({ person }) => person)
  const now = instantAt('2022-07-09', '09:00')
  const joined = await lastLetters(pool, people, now)
  expect([...joined.values()].some(({ late }) => late.size > 1)).toBe(true)
  await pool.query(
    `update mails set counted = (select jsonb_object_agg(key, to_jsonb(string_to_array(value, ','))) from jsonb_each_text(counted))
      where counted is not null and counted <> '{}'`,
  )
  expect(await lastLetters(pool, people, now)).toEqual(joined)
})

/** The rehearsal's own count of it, from the story alone. */
async function countsAsTheStory(address: string, to: string) {
  const held = await rows<Pick<StoryTurn, 'item' | 'office' | 'startedAt' | 'dueOn'>>(
    pool,
    `select o.external_id as item, split_part(a.office, '.', -1) as office, a.started_at as "startedAt", a.due_on as "dueOn"
       from assignments a join obligations o on o.id = a.obligation`,
  )
  const turns = held.map((turn): StoryTurn => ({
    ...{ ...turn, called: turn.item, owner: turn.office, kind: 'warning', level: 'red', stage: 'perform' },
    ...{ policy: 1, endedAt: null },
  }))
  const donghe = { code: 'donghe', parent: 'bureau', kind: 'town', name: '洞河镇' } as const
  const people = peopleOf([...OFFICES, donghe], HOLDINGS)
  const span = { start: instantAt('2022-06-06', '09:00'), until: instantAt('2022-07-08', '18:00') }
  const mails = (await lettersTo(address)).map(({ text, at }, n) => ({
    ...{ messageId: `<${n}@x.test>`, to, acceptedAt: at, text },
  }))
  const faults = (all: typeof mails) =>
    againFaults(all, turns, span, { people, calendar: simpleCalendar(), until: span.until })
  expect(faults(mails)).toEqual([])
  // As if no line told anything again: all of it would be new, and what stands beside the lines would be gone.
  const forgetful = mails.map((mail) => ({
    ...mail,
    text: mail.text.replace(/:(?:均为再次|新增).* ——/, ' ——'),
  }))
  expect(
    forgetful.flatMap(({ text }) => askedFaults(text.replace(/^ {4}(?:新增|再次) .*:\n/gm, ''))),
  ).toEqual([])
  expect(faults(forgetful)).toHaveLength(mails.filter(({ text }) => /再次/.test(heading({ text }))).length)
  expect(faults(forgetful)[0]).toMatch(/应为 1 件$/)
}
