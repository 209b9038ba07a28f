import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

const FOLDER = new URL('../../migrations/', import.meta.url)
const migrations = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .sort()
const name = `t_${randomBytes(6).toString('hex')}`
let client: pg.Client

async function asAdmin(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await admin.query(statement)
  await admin.end()
}
async function apply(file: string): Promise<void> {
  const statements = readFileSync(new URL(file, FOLDER), 'utf8').split('--> statement-breakpoint')
  for (const statement of statements) await client.query(statement)
}
const rule = (code: string, kinds: string[], turn: string, level?: string) => ({ code, kinds, turn, level })

/** A county as the release before 0013 left it: one deadline of one kind, one that mixes two, and a review of two levels. */
beforeAll(async () => {
  await asAdmin(`create database ${name} template template0`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  client = new pg.Client({ connectionString: url.href })
  await client.connect()
  for (const file of migrations.filter((m) => m < '0013')) await apply(file)
  await client.query(`
    insert into offices (code, kind, name) values ('c', 'county-bureau', '县'), ('c.a', 'town', '甲镇');
    insert into people (id, name, email) values ('p1', '甲', 'a@x.test'), ('p2', '乙', 'b@x.test')`)
  await client.query(`insert into policies values ('po', 'c', 1, '规则', true, $1, now())`, [
    JSON.stringify([
      rule('warning-red', ['warning'], 'perform', 'red'),
      rule('warning-red/redo', ['warning'], 'redo', 'red'),
      rule('phase-work', ['comparison', 'screening'], 'perform'),
      rule('phase-work/redo', ['comparison', 'screening'], 'redo'),
      rule('review', ['warning', 'comparison'], 'review'),
      rule('x1', ['follow-up'], 'perform'),
    ]),
  ])
  const deadlines = { d1: 'warning-red', d2: 'phase-work', d3: 'phase-work/redo', d4: 'review', d5: 'x1' }
  for (const [id, code] of Object.entries(deadlines))
    await client.query(
      `insert into deadlines (id, key, county, office, due_at, due_on, rule, policy, started_at)
       values ($1, $1, 'c', 'c.a', '2026-06-10 16:00Z', '2026-06-10', $2, 'po', now())`,
      [id, code],
    )
  const held: [string, string, string, string | null][] = [
    ['o1', 'd1', 'warning', 'red'],
    ['o2', 'd2', 'screening', null],
    ['o3', 'd2', 'comparison', null],
    ['o4', 'd3', 'screening', null],
    ['o5', 'd4', 'warning', 'red'],
    ['o6', 'd4', 'warning', 'yellow'],
  ]
  for (const [id, deadline, kind, level] of held)
    await client.query(
      `with o as (insert into obligations (id, county, kind, title, office, reviewer, level, start_on, issued_at, due_at, due_on,
                    provisional, policy, created_at)
                  values ($1, 'c', $3, 't', 'c.a', 'c', $4, '2026-06-01', now(), now(), '2026-06-10', false, 'po', now()) returning id)
       insert into assignments (id, obligation, turn, office, deadline, start_on, started_at, due_at, due_on, provisional)
       select 'a' || id, id, 'perform', 'c.a', $2, '2026-06-01', now(), now(), '2026-06-10', false from o`,
      [id, deadline, kind, level],
    )
  const moments = ['assigned', 'remind-12wd', 'due-day', 'due-day-1430', 'rung-2', 'repeat-11', 'join-3']
  await client.query(
    `insert into firings (deadline, moment, at, fired_at, joins, members, told)
     select 'd1', m, now(), now(), 1, 4, 2 from unnest($1::text[]) m`,
    [moments],
  )
  await client.query(`
    insert into notifications (id, county, cause, person, kind, deadline, urgent, round_at, created_at) values
      ('n1', 'c', 'd1/rung-2', 'p1', 'escalation', 'd1', false, now(), now()),
      ('n2', 'c', 'd1/rung-2/undelivered', 'p2', 'passed-on', 'd1', false, now(), now()),
      ('n3', 'c', 'undo/im_1', 'p1', 'correction', null, false, now(), now());
    insert into not_reached (id, county, cause, office, role, person, reason, at)
      values ('nr', 'c', 'd1/rung-2/undelivered', 'c.a', 'town-head', 'p1', 'undeliverable', now())`)
  await apply('0013_rules_are_data.sql')
})
afterAll(() => client.end())

const rows = async (statement: string) =>
  (await client.query<unknown[]>({ text: statement, rowMode: 'array' })).rows

test('stored rules get their stage and the label they were shown under', async () => {
  const found = await rows(
    `select r ->> 'code', r ->> 'stage', r ->> 'label', r ? 'turn' from policies, jsonb_array_elements(rules) r`,
  )
  expect(found).toEqual([
    ['warning-red', 'perform', '红色预警核查', false],
    ['warning-red/redo', 'redo', '红色预警核查(重办)', false],
    ['phase-work', 'perform', '阶段工作', false],
    ['phase-work/redo', 'redo', '阶段工作(重办)', false],
    ['review', 'review', '复核', false],
    ['x1', 'perform', '救助落实', false],
  ])
})

test('a deadline says what it is of; one that mixes kinds or levels keeps the label of its rule', async () => {
  const found = await rows('select id, kind, level, stage, label from deadlines order by id')
  expect(found).toEqual([
    ['d1', 'warning', 'red', 'perform', '红色预警核查'],
    ['d2', 'screening', null, 'perform', '阶段工作'],
    ['d3', 'screening', null, 'redo', '全面排查(重办)'],
    ['d4', 'warning', null, 'review', '复核'],
    ['d5', 'follow-up', null, 'perform', '救助落实'],
  ])
  expect(await rows(`select key from deadlines where id in ('d1', 'd2') order by id`)).toEqual([
    ['c.a|1781107200000|warning-red|po|warning|red'],
    ['c.a|1781107200000|phase-work|po|screening|-'],
  ])
})

test('moments of before are data, and who was told in the place of whom', async () => {
  expect(
    await rows('select moment, moment_form, open_count, notified_count from firings order by moment'),
  ).toEqual([
    ['assigned', { series: 'assigned' }, 4, 2],
    ['due-day', { series: 'due-day' }, 4, 2],
    ['due-day-1430', { series: 'due-day', time: '14:30' }, 4, 2],
    ['join-3', { series: 'joined', n: 3 }, 4, 2],
    ['remind-12wd', { series: 'before', workingDays: 12 }, 4, 2],
    ['repeat-11', { series: 'repeat', n: 11 }, 4, 2],
    ['rung-2', { series: 'rung', n: 2 }, 4, 2],
  ])
  expect(await rows('select id, moment, moment_form, undelivered_to from notifications order by id')).toEqual(
    [
      ['n1', 'rung-2', { series: 'rung', n: 2 }, null],
      ['n2', 'rung-2', { series: 'rung', n: 2 }, 'p1'],
      ['n3', null, null, null],
    ],
  )
})
