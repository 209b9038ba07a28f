import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { countyLateList } from '../../../src/domain/obligation/counted-lists.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { composeRound } from '../../../src/services/notifications/compose.ts'
import { addWeeklyStanding } from '../../../src/services/notifications/weekly-standing.ts'
import { searchObligations } from '../../../src/services/obligations/search.ts'
import { county } from '../../../src/services/people/offices.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { COUNTY, createCounty, TOWN } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning, when } from '../../support/warnings.ts'
import { makeWorkerDeps } from '../../support/worker-deps.ts'

const MONDAY = instantAt('2022-06-13', '08:30')
let database: TestDatabase

/** Late, due today (two of them), soon after and later, in one town; the standing of the week is composed on Monday. */
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '09:00'))
  const { pool } = database
  for (const [id, issuedOn] of [
    ['LATE', '2022-05-20'],
    ['TODAY1', '2022-06-06'],
    ['TODAY2', '2022-06-06'],
    ['SOON', '2022-06-07'],
    ['LATER', '2022-06-10'],
  ] as const)
    await givenWarning(pool, { id, level: 'orange', issuedOn, silent: true })
  await setClock(pool, { mode: 'stepped', businessAt: MONDAY })
  await pool.query("update counties set standing_on = '2022-06-06' where office = $1", [COUNTY])
  await inTransaction(pool, async (tx) => {
    const home = await county(tx, COUNTY)
    await addWeeklyStanding(tx, home, MONDAY)
    const { letters } = makeWorkerDeps(pool, 'smtp://127.0.0.1:1')
    const clock = { mode: 'stepped', businessAt: MONDAY } as const
    await composeRound(tx, letters, home, { clock, now: MONDAY, wallNow: MONDAY })
  })
})
afterAll(() => database.drop())

type Sent = { id: string; text: string }
const mailTo = async (who: string) =>
  (await row<Sent>(
    database.pool,
    `select m.id, m.text_body as text from mails m join people p on p.id = m.person where p.email like $1`,
    [`${who}%`],
  ))!
/** Each sentence of how things stand that has a link, with its number and what the link selects. */
async function numbersOf(
  { text }: Sent,
  now: number,
): Promise<[words: string, count: number, ids: string[]][]> {
  const found = [...text.matchAll(/^◆ (.*?) (\d+) 件.*\n {4}(http\S+)$/gm)]
  return Promise.all(
    found.map(async ([, words = '', count, url = '']) => [words, Number(count), await listed(url, now)]),
  )
}
async function listed(url: string, now = MONDAY): Promise<string[]> {
  const { standing, ...asked } = Object.fromEntries(new URL(url).searchParams) as Record<string, string>
  expect(standing).toBe('all')
  const page = { sort: 'externalId', after: null, limit: 50, now } as const
  const found = await searchObligations(database.pool, asked, page, { offices: [COUNTY], counties: [COUNTY] })
  return found.map(({ externalId }) => externalId ?? '')
}

test('each number of a mail leads to exactly as many things as it counts', async () => {
  const head = await numbersOf(await mailTo('head@maoba'), MONDAY)
  expect(head.map(([words, count]) => [words, count])).toEqual([
    ['毛坝镇:逾期', 1],
    ['今日到期', 2],
    ['3 个工作日内到期', 1],
    ['未办结共', 5],
  ])
  for (const [, count, ids] of head) expect(ids).toHaveLength(count)
  expect(head.map(([, , ids]) => ids)).toEqual([
    ['LATE'],
    ['TODAY1', 'TODAY2'],
    ['SOON'],
    ['LATE', 'LATER', 'SOON', 'TODAY1', 'TODAY2'],
  ])
})

test('so does the number of an office in the table of the county, and what has no such number selects nothing', async () => {
  const { id } = await mailTo('jiuzhu@bureau')
  const url = `https://duban.example/app/obligations?standing=all&mail=${id}&counted=`
  expect(await listed(`${url}county-late`)).toEqual(['LATE'])
  expect(await listed(`${url}${encodeURIComponent(countyLateList(TOWN))}`)).toEqual(['LATE'])
  expect(await listed(`${url}held.perform`)).toEqual([])
  expect(await listed(`${url}county`)).toEqual([])
  expect(await listed('https://duban.example/?standing=all&counted=county-late')).toEqual([])
})

test('opened later, a link shows the same things as they stand then', async () => {
  const sent = await mailTo('head@maoba')
  const before = await numbersOf(sent, MONDAY)
  await when(database.pool, 'TODAY1', { action: 'submit', result: { outcome: 'ineligible' } })
  const tuesday = MONDAY + 24 * 3_600_000
  await setClock(database.pool, { mode: 'stepped', businessAt: tuesday })
  expect(await numbersOf(sent, tuesday)).toEqual(before)
  const kept = await rows(database.pool, 'select state from obligations where external_id = $1', ['TODAY1'])
  expect(kept).toEqual([{ state: 'submitted' }])
})
