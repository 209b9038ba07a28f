import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { inScope } from '../../src/db/row-scope.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { COUNTY, createCounty } from '../support/county.ts'
import type { TestDatabase } from '../support/database.ts'
import { rolePools } from '../support/scoped.ts'

let database: TestDatabase
let pools: ReturnType<typeof rolePools>
beforeAll(async () => {
  database = await createCounty(instantAt('2022-11-10', '10:00'))
  pools = rolePools(database)
  await database.pool.query(
    `insert into campaigns (id, county, year, title, template, created_at) values ('ca', $1, 2022, 't', 't', now())`,
    [COUNTY],
  )
})
afterAll(async () => {
  await pools.end()
  await database.drop()
})

test('a county that an older release writes has its mail open', async () => {
  await database.pool.query(
    `insert into counties (office, hours, contact) select 'sn.ak', hours, contact from counties where office = $1`,
    [COUNTY],
  )
  expect(
    await rows(database.pool, `select mail_state as state from counties where office = 'sn.ak'`),
  ).toEqual([{ state: 'open' }])
})

const phase = (as: string | null, by: string | null, word: string | null, original: string | null) =>
  database.pool.query(
    `insert into phases (campaign, code, title, ordinal, opens_on, due_on, clause, items, begun_as, begun_by, begun_word_of,
       original_due_on)
     values ('ca', gen_random_uuid()::text, 't', 1, '2022-05-27', '2022-05-31', 'R12', '[]', $1, $2, $3, $4)`,
    [as, by, word, original],
  )

type Begun = [as: string | null, by: string | null, word: string | null, original: string | null]

test.each<Begun>([
  [null, null, null, null],
  ['done-before', 'owner', '示例·主任', null],
  ['taken-over', 'owner', null, '2022-05-31'],
  ['late', 'owner', null, null],
])('a phase that begins %s, %s, %s, %s is kept', async (...begun) => {
  await expect(phase(...begun)).resolves.toBeTruthy()
})

test.each<Begun>([
  [null, 'owner', null, null],
  ['late', null, null, null],
  ['late', 'owner', '示例·主任', null],
  ['done-before', 'owner', null, null],
  ['done-before', 'owner', '示例·主任', '2022-05-31'],
  ['taken-over', 'owner', null, null],
  ['sometime', 'owner', null, null],
])('a phase that begins %s, %s, %s, %s is refused', async (...begun) => {
  await expect(phase(...begun)).rejects.toMatchObject({ code: '23514' })
})

test('requests open the mail of their own county once, and change nothing else of any', async () => {
  const ask = (counties: string[], text: string) =>
    inScope(pools.api, { person: 'pe', offices: [], counties, audit: false }, (tx) => rows(tx, text))
  const open = (counties: string[]) => ask(counties, `select duban_open_mail('${COUNTY}') as done`)
  await database.pool.query(`update counties set mail_state = 'preparing' where office = $1`, [COUNTY])
  expect(await open(['sn.ak'])).toEqual([{ done: false }])
  expect(await rows(pools.api, `select duban_open_mail('${COUNTY}') as done`)).toEqual([{ done: false }])
  expect(await open([COUNTY])).toEqual([{ done: true }])
  expect(await open([COUNTY])).toEqual([{ done: false }])
  for (const set of [`mail_state = 'preparing'`, `mail_state = 'open'`, `contact = 'x'`])
    await expect(ask([COUNTY], `update counties set ${set}`)).rejects.toMatchObject({ code: '42501' })
  await expect(database.pool.query(`update counties set mail_state = 'closed'`)).rejects.toMatchObject({
    code: '23514',
  })
})
