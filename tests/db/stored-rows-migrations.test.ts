import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { wrongHolders } from '../support/holders.ts'

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

/** An obligation without an assignment. */
async function obligation(id: string, of: { kind: string; key?: string; phase?: string }): Promise<void> {
  await client.query(
    `insert into obligations (id, key, county, kind, title, campaign, phase, office, reviewer, start_on, issued_at, due_at, due_on,
       provisional, policy, created_at)
     values ($1, $2, 'c', $3, 't', $4, $5, 'c.a', 'c', '2026-06-01', now(), now(), '2026-06-10', false, 'po', now())`,
    [id, of.key, of.kind, of.phase && 'ca', of.phase],
  )
}

/** Assignments one after the other, each due on the 10th: the turn, who has it, and the day it ended. */
const HELD: Record<string, [turn: string, office: string, person: string | null, ended: string | null][]> = {
  h1: [['perform', 'c.a', 'p1', null]],
  h2: [
    ['perform', 'c.a', null, '2026-06-09'],
    ['review', 'c', 'p2', null],
  ],
  h3: [
    ['perform', 'c.a', null, '2026-06-09'],
    ['review', 'c', null, '2026-06-12'],
    ['redo', 'c.a', 'p1', null],
  ],
  h4: [
    ['perform', 'c.a', null, '2026-06-10'],
    ['review', 'c', null, null],
  ],
  h5: [
    ['perform', 'c.a', null, '2026-06-09'],
    ['redo', 'c.a', null, '2026-06-11'],
  ],
}
async function heldWork(): Promise<void> {
  for (const [id, turns] of Object.entries(HELD)) {
    await obligation(id, { kind: 'follow-up' })
    for (const [i, turn] of turns.entries())
      await client.query(
        `insert into assignments (id, obligation, turn, office, person, ended_at, deadline, start_on, started_at, due_at, due_on, provisional)
         values ($1, $2, $3, $4, $5, $6, 'd5', '2026-06-01', now(), '2026-06-10', '2026-06-10', false)`,
        [`a${id}.${i}`, id, ...turn],
      )
  }
}

const ITEMS = [
  { code: 'launch', kind: 'launch' },
  { code: 'compare', kind: 'comparison', period: 'H1', partner: 'housing' },
  { code: 'compare', kind: 'comparison', period: 'H2', partner: 'health' },
  { code: 'compare-year', kind: 'comparison', partner: 'charity' },
  { code: 'screen', kind: 'screening', period: 'Q2', partner: 'education' },
  { code: 'mend', kind: 'rectification', period: null, partner: 'trade-union' },
  { code: 'report', kind: 'report', period: 'Y' },
  { code: 'long', kind: 'report', period: 'x'.repeat(21), partner: 'health' },
  { code: 'warn', kind: 'warning', period: 'Q2', partner: 'health' },
]
/** Kind, key, and the facts the row is to have. */
const DATED: [kind: string, key: string, facts: object][] = [
  ['launch', 'ca|launch|c.a|Y', {}],
  ['comparison', 'ca|compare|c.a|H1', { period: 'H1', partner: 'housing' }],
  ['comparison', 'ca|compare|c.a|H2', { period: 'H2', partner: 'health' }],
  ['comparison', 'ca|compare-year|c.a|Y', { partner: 'charity' }],
  ['screening', 'ca|screen|c.a|Q2', { period: 'Q2', partner: 'education' }],
  ['rectification', 'ca|mend|c.a|Y', { partner: 'trade-union' }],
  ['report', 'ca|report|c.a|Y', { period: 'Y' }],
  ['report', `ca|long|c.a|${'x'.repeat(21)}`, { partner: 'health' }],
  ['warning', 'ca|warn|c.a|Q2', {}],
  ['comparison', 'ca|gone|c.a|H1', {}],
  ['comparison', 'ca|compare|c.a|H3', {}],
  ['comparison', 'manual|1', {}],
]
async function datedWork(): Promise<void> {
  await client.query(
    `insert into campaigns (id, county, year, title, template, created_at) values ('ca', 'c', 2026, 't', 't', now())`,
  )
  for (const [i, code] of ['launch', 'screening', 'verification', 'zero-out'].entries())
    await client.query(
      `insert into phases (campaign, code, title, ordinal, opens_on, due_on, clause, items)
       values ('ca', $1, 't', $2, '2026-06-01', '2026-06-10', 'R12', $3)`,
      [code, i, JSON.stringify(code === 'screening' ? ITEMS : [])],
    )
  for (const [i, [kind, key]] of DATED.entries()) await obligation(`f${i}`, { kind, key, phase: 'screening' })
}

/** Under the column's old name: what stands in it, whatever it was encrypted for. */
const ENCRYPTED: [table: string, was: string, is: string, given: string][] = [
  [
    'subjects',
    'sealed',
    'encrypted',
    `insert into subjects (obligation, sealed, key_id) values ('o1', '\\x01', 'k')`,
  ],
  [
    'import_chunks',
    'sealed',
    'encrypted',
    `insert into import_chunks (import, seq, sealed) values ('im', 0, '\\x01')`,
  ],
  [
    'import_rows',
    'sealed',
    'encrypted',
    `insert into import_rows (import, row, obligation, key, external_id, office, level, issued_at, start_on, content_hash, sealed, key_id)
     values ('im', 2, 'o9', 'k', 'X', 'c.a', 'red', now(), '2026-06-01', '\\x00', '\\x01', 'k')`,
  ],
  [
    'events',
    'sealed_text',
    'encrypted_text',
    `insert into events (obligation, at, actor, action, state, sealed_text) values ('o1', now(), 'p1', 'submit', 'open', '\\x01')`,
  ],
  [
    'reveals',
    'sealed_reason',
    'encrypted_reason',
    `insert into reveals (person, obligation, sealed_reason, key_id, at_wall) values ('p1', 'o1', '\\x01', 'k', now())`,
  ],
  [
    'credentials',
    'totp_sealed',
    'totp_encrypted',
    `insert into credentials (person, totp_sealed, changed_wall) values ('p1', '\\x01', now())`,
  ],
]
async function encryptedValues(): Promise<void> {
  await client.query(
    `insert into imports (id, county, actor, filename, bytes, dry_run, created_at) values ('im', 'c', 'p1', 'a.csv', 1, false, now())`,
  )
  for (const [, , , given] of ENCRYPTED) await client.query(given)
}

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
  await heldWork()
  await datedWork()
  await encryptedValues()
  for (const file of migrations.filter((m) => m >= '0013' && m < '0017')) await apply(file)
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

test('an obligation carries its open assignment, and whether its performer was ever late', async () => {
  expect(await wrongHolders(client)).toEqual([])
  const found = await rows(
    `select id, stage, holder_office, holder_person, holder_due_at = '2026-06-10', holder_due_on::text, ended_late
       from obligations where id like 'h%' order by id`,
  )
  const due = [true, '2026-06-10']
  expect(found).toEqual([
    ['h1', 'perform', 'c.a', 'p1', ...due, false],
    ['h2', 'review', 'c', 'p2', ...due, false],
    ['h3', 'redo', 'c.a', 'p1', ...due, false],
    ['h4', 'review', 'c', null, ...due, true],
    ['h5', null, null, null, null, null, true],
  ])
  expect(
    await rows(`select count(*)::int from obligations where id like 'o%' and stage = 'perform'`),
  ).toEqual([[6]])
})

test('dated work gets the facts of its item in the template, where its kind takes them', async () => {
  const found = await rows(
    `select kind, key, facts from obligations where id like 'f%' order by substr(id, 2)::int`,
  )
  expect(found).toEqual(DATED)
  expect(await rows(`select distinct facts from obligations where campaign is null`)).toEqual([[{}]])
})

test('a phase gets the gate that the code knew by its name, and one written without waits for the campaign', async () => {
  expect(await rows(`select code, gate ->> 'waitsFor' from phases order by ordinal`)).toEqual([
    ['launch', 'own'],
    ['screening', 'own'],
    ['verification', 'own-due-by-end'],
    ['zero-out', 'campaign'],
  ])
  const written = await rows(
    `insert into phases (campaign, code, title, ordinal, opens_on, due_on, clause, items)
     values ('ca', 'later', 't', 9, '2026-06-01', '2026-06-10', 'R12', '[]') returning gate`,
  )
  expect(written).toEqual([[{ waitsFor: 'campaign' }]])
})

test.each(ENCRYPTED)('what %s held as %s it holds as %s, byte for byte', async (table, was, is) => {
  expect(await rows(`select encode(${is}, 'hex') from ${table}`)).toEqual([['01']])
  await expect(client.query(`select ${was} from ${table}`)).rejects.toThrow('does not exist')
})

/** Who sent hits of a comparison of c.a before the release that keeps by whom, what they hold by now, and by whom the file is. */
const SENDERS: [sender: string, holds: [role: string, office: string][], broughtBy: string | null][] = [
  ['s1', [['town-officer', 'c.a']], 'c.a'],
  ['s2', [['town-officer', 'c.b']], 'c.a'],
  ['s3', [['relief-centre', 'c.z']], 'c.z'],
  ['s4', [], 'c.a'],
  [
    's5',
    [
      ['auditor', 'c.a'],
      ['town-head', 'c.b'],
    ],
    'c.a',
  ],
  [
    's6',
    [
      ['relief-centre', 'c.z'],
      ['town-officer', 'c.a'],
    ],
    'c.a',
  ],
  ['s7', [['relief-centre', 'd.z']], 'c.a'],
]

test('a file of hits of before is of the office that performed, or of the centre that sent it; a key’s of none', async () => {
  for (const file of migrations.filter((m) => m >= '0017' && m < '0046')) await apply(file)
  await client.query(
    `insert into offices (code, kind, name, parent) values ('c.b', 'town', '乙镇', 'c'), ('c.z', 'county-centre', '救助中心', 'c'),
       ('d', 'county-bureau', '邻县', null), ('d.z', 'county-centre', '邻县中心', 'd')`,
  )
  for (const [sender, holds] of SENDERS) {
    await client.query(`insert into people (id, name, email) values ($1, '丙', $1 || '@x.test')`, [sender])
    for (const [role, office] of holds)
      await client.query('insert into person_roles (person, role, office) values ($1, $2, $3)', [
        sender,
        role,
        office,
      ])
  }
  for (const sender of [...SENDERS.map(([one]) => one), 'ak_key'])
    await client.query(
      `insert into imports (id, county, actor, filename, bytes, dry_run, created_at, comparison, reach)
       values ('f-' || $1, 'c', $1, 'a.csv', 1, false, now(), 'f1', 'c.a')`,
      [sender],
    )
  await apply('0046_the_office_that_brought_it.sql')
  expect(
    await rows(`select actor, brought_by from imports where comparison is not null order by actor`),
  ).toEqual([['ak_key', null], ...SENDERS.map(([sender, , broughtBy]) => [sender, broughtBy])])
})
