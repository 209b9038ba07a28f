import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, row, ts } from '../../../src/db/pool.ts'
import { type Instant, instantAt } from '../../../src/domain/time/days.ts'
import { bureauOf } from '../../../src/services/access/credentials.ts'
import { askedSince } from '../../../src/services/deadlines/asked-since.ts'
import { askedBefore } from '../../../src/services/deadlines/asked-before.ts'
import { latePressing } from '../../../src/services/deadlines/late-pressing.ts'
import { heldAnswers, heldWork } from '../../../src/services/deadlines/held-work.ts'
import { lateItems } from '../../../src/services/deadlines/late-items.ts'
import { nextAsked } from '../../../src/services/deadlines/next-asked.ts'
import { openItems } from '../../../src/services/deadlines/store.ts'
import { notReachedSince } from '../../../src/services/notifications/not-reached-words.ts'
import { countyStaff } from '../../../src/services/notifications/readers.ts'
import { lastReturns } from '../../../src/services/obligations/last-returns.ts'
import { county } from '../../../src/services/people/offices.ts'
import { readCalendars } from '../../../src/services/schedule/calendar.ts'
import { actorWith, heldRole } from '../../support/actors.ts'
import { COUNTY, createCounty, TOWN } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning, givenWarnings, when } from '../../support/warnings.ts'

const NOW = instantAt('2022-06-06', '09:00')
let database: TestDatabase

/** Late, soon, waiting for review, and sent back; each of them an orange or a yellow warning of one town. */
beforeAll(async () => {
  database = await createCounty(NOW)
  const { pool } = database
  await givenWarning(pool, { id: 'LATE', level: 'orange', issuedOn: '2022-05-20', silent: true })
  for (const [id, title] of [
    ['SOON1', '因病预警 2'],
    ['SOON2', '因病预警 1'],
  ] as const)
    await givenWarning(pool, { id, title, level: 'yellow', issuedOn: '2022-06-02' })
  await givenWarning(pool, { id: 'BACK', level: 'orange', issuedOn: '2022-06-02' })
  await givenWarning(pool, { id: 'HANDED', level: 'orange', issuedOn: '2022-06-02' })
  for (const id of ['BACK', 'HANDED'])
    await when(pool, id, { action: 'submit', result: { outcome: 'ineligible' } })
  await when(pool, 'BACK', { action: 'return', reason: '材料不全' })
})
afterAll(() => database.drop())

test('what waits at an office is counted behind each deadline, first due first, and nothing late to perform', async () => {
  const held = await heldWork(database.pool, [TOWN], NOW, 20)
  expect(held.map(({ label, stage, count }) => [label, stage, count])).toEqual([
    ['橙色预警核查(重办)', 'redo', 1],
    ['黄色预警核查', 'perform', 2],
  ])
  expect(await heldWork(database.pool, [TOWN], NOW, 1)).toHaveLength(1)
})

test('what waits for a review names the office that owes it', async () => {
  const handed = await row<{ reviewer: string }>(
    database.pool,
    `select reviewer from obligations where external_id = 'HANDED'`,
  )
  const held = await heldWork(database.pool, [handed!.reviewer], NOW, 20)
  expect(held).toMatchObject([{ owner: TOWN, stage: 'review', count: 1, externalId: 'HANDED' }])
})

test('each thing behind the deadline of a review names the office that owes it', async () => {
  const { pool } = database
  const handed = await row<{ deadline: string; id: string }>(
    pool,
    `select a.deadline, o.id from assignments a join obligations o on o.id = a.obligation
      where o.external_id = 'HANDED' and a.ended_at is null`,
  )
  const { deadline, id } = handed!
  const named = { obligation: id, externalId: 'HANDED', owner: TOWN }
  expect((await openItems(pool, [deadline], 20)).get(deadline)).toMatchObject({ total: 1, items: [named] })
})

test('what stands for several is one of them, with its own number and title', async () => {
  const several = (await heldWork(database.pool, [TOWN], NOW, 20)).find(({ count }) => count > 1)!
  const { externalId, title } = several
  const its = 'select external_id as "externalId", title from obligations where id = $1'
  expect(await row(database.pool, its, [several.obligation])).toEqual({ externalId, title })
})

test('reviews take no place from what is to be performed', async () => {
  const { pool } = database
  await inTransaction(pool, async (tx) => {
    // A review that is due first waits at the office that has work of its own.
    await tx.query(`update obligations set holder_office = $1 where external_id = 'HANDED'`, [TOWN])
    await tx.query(`update obligations set holder_due_at = $1 where external_id = 'HANDED'`, [ts(NOW + 1)])
    const held = await heldWork(tx, [TOWN], NOW, 1)
    expect(held.map(({ stage }) => stage)).toEqual(['review', 'redo'])
    await tx.query(
      `update obligations o set holder_office = o.reviewer, holder_due_at = a.due_at from assignments a
        where a.obligation = o.id and a.ended_at is null and o.external_id = 'HANDED'`,
    )
  })
})

test('a return says by whom and when: the reviewing office where no person did it', async () => {
  const ids = await row<{ back: string; handed: string }>(
    database.pool,
    `select max(id) filter (where external_id = 'BACK') as back, max(id) filter (where external_id = 'HANDED') as handed
       from obligations`,
  )
  const returns = await lastReturns(database.pool, [ids!.back, ids!.handed])
  expect([...returns.keys()]).toEqual([ids!.back])
  expect(returns.get(ids!.back)).toMatchObject({ by: '县局救助中心' })
  expect(await lastReturns(database.pool, [])).toEqual(new Map())
})

test('what is late and nobody was asked to press is counted as such', async () => {
  expect(await latePressing(database.pool, COUNTY, NOW)).toMatchObject([{ count: 1, audiences: null }])
})

test('what an earlier mail asked is remembered for the first of those asked, while it is late', async () => {
  const { pool } = database
  const people = await pool.query(
    `select array_agg(id order by id) as ids from people where email ~ '^(duban|jiuzhu)@'`,
  )
  const [first, second] = (people.rows as { ids: string[] }[])[0]!.ids as [string, string]
  await pool.query(
    `insert into rounds (id, county, at, urgent, composed_at)
     values ('rd_1', $1, '2022-06-01T08:30+08', false, '2022-06-01T08:30+08')`,
    [COUNTY],
  )
  for (const [n, person] of [first, second].entries()) {
    await pool.query(
      `insert into mails (id, county, round, person, to_address, message_id, thread_id, subject, text_body, html_body,
                          headers, state, attempts, composed_at, next_attempt_wall)
       values ($1, $2, 'rd_1', $3, 'x@x.test', $1, 't', 's', 't', 'h', '{}', 'accepted', 1, '2022-06-01T08:30+08',
               '2022-06-01T08:30+08')`,
      [`ml_${n}`, COUNTY, person],
    )
    await pool.query(
      `insert into notifications (id, county, cause, person, kind, deadline, audience, urgent, round_at, state, mail, created_at)
       select $1, $2, 'one', $3, 'escalation', a.deadline, '{"to":"rung","rung":2,"roles":["relief-centre"]}', false,
              '2022-06-01T08:30+08', 'mailed', $4, now()
         from assignments a join obligations o on o.id = a.obligation where o.external_id = 'LATE'`,
      [`nt_${n}`, COUNTY, person, `ml_${n}`],
    )
  }
  const asked = await askedBefore(pool, COUNTY, [first, second], NOW, 10)
  expect(asked).toMatchObject([
    { reader: first, externalId: 'LATE', owner: TOWN, askedOn: '2022-06-01', behind: 1 },
  ])
  const { deadline } = asked[0]!
  expect((await askedSince(pool, [deadline])).get(`${deadline}/${first}`)).toBe(
    instantAt('2022-06-01', '08:30'),
  )
  const audiences = [{ to: 'rung', rung: 2, roles: ['relief-centre'] }]
  expect(await latePressing(pool, COUNTY, NOW)).toEqual([
    { deadline, office: TOWN, person: null, count: 1, audiences },
  ])
  // It climbs: whoever was asked before gets a copy, and presses no longer.
  await pool.query(
    `insert into notifications (id, county, cause, person, kind, deadline, audience, urgent, round_at, state, mail, created_at)
     select 'nt_copy', county, 'two', person, 'copied', deadline, '{"to":"rung","rung":3,"roles":["bureau-leader"]}', urgent,
            round_at + interval '2 days', state, mail, created_at from notifications where id = 'nt_0'`,
  )
  expect(await askedBefore(pool, COUNTY, [first], NOW, 10)).toEqual([])
})

test('a request for more time lists nothing twice, and is not taken for the work itself', async () => {
  const { pool } = database
  const officer = { ...actorWith(heldRole('town-officer', TOWN)), id: 'pe_officer' }
  await when(pool, 'SOON2', { action: 'request-extension', reason: '户主住院', days: 4 }, officer)
  const held = await heldWork(pool, [TOWN], NOW, 20)
  expect(held.map(({ label, count }) => [label, count])).toEqual([
    ['橙色预警核查(重办)', 1],
    ['黄色预警核查', 1],
    ['黄色预警核查', 1],
  ])
  const asked = await row<{ person: string }>(
    pool,
    `insert into notifications (id, county, cause, person, kind, deadline, audience, urgent, round_at, state, mail, created_at)
     select 'nt_request', n.county, 'request', n.person, n.kind, a.deadline, n.audience, n.urgent, n.round_at, n.state, n.mail, n.created_at
       from notifications n, assignments a join obligations o on o.id = a.obligation
      where n.id = 'nt_1' and o.external_id = 'SOON2' and a.stage = 'extension' returning person`,
  )
  const pending = await row<{ office: string }>(pool, `select office from extensions where state = 'pending'`)
  const { office } = pending!
  const [answer] = await heldAnswers(pool, [office])
  const { dueOn } = answer!
  expect(await askedBefore(pool, COUNTY, [asked!.person], NOW, 10)).toEqual([])
  expect(
    await askedBefore(pool, COUNTY, [asked!.person], instantAt('2022-07-01', '09:00'), 10),
  ).toMatchObject([
    { stage: 'extension', office, person: null, owner: TOWN, externalId: 'SOON2', dueOn, behind: 1 },
  ])
})

test('a request that waits for its answer is read for the office that answers, by whoever owes the work', async () => {
  const { pool } = database
  const pending = await row<{ office: string }>(pool, `select office from extensions where state = 'pending'`)
  const { office } = pending!
  const answers = await heldAnswers(pool, [office, TOWN])
  expect(answers).toMatchObject([
    { office, person: null, owner: TOWN, stage: 'extension', count: 1, externalId: 'SOON2' },
  ])
  const [{ deadline }] = answers as [(typeof answers)[number]]
  const of = await row(pool, `select due_on as "dueOn", label from deadlines where id = $1`, [deadline])
  expect(answers).toMatchObject([of])
  expect(await heldAnswers(pool, [TOWN])).toEqual([])
})

test('who is asked next to press, and on which day, goes by the ladder of the deadline', async () => {
  const { pool } = database
  const late = await row<{ deadline: string }>(
    pool,
    `select a.deadline from assignments a join obligations o on o.id = a.obligation where o.external_id = 'LATE'`,
  )
  const { directory } = await countyStaff(pool, COUNTY)
  const [home, calendars] = [await county(pool, COUNTY), await readCalendars(pool)]
  const next = async (now: Instant) =>
    (await nextAsked(pool, [late!.deadline], { home, directory, calendars, now })).get(late!.deadline)
  // Due on Friday 27 May; the Dragon Boat Festival lies between.
  expect(await next(instantAt('2022-05-28', '09:00'))).toEqual({ on: '2022-05-30', posts: ['镇分管领导'] })
  // What leaves at opening is decided a little earlier, and is to come until then.
  expect(await next(instantAt('2022-06-01', '08:29'))).toEqual({ on: '2022-06-01', posts: ['救助中心'] })
  expect(await next(instantAt('2022-06-01', '08:30'))).toEqual({ on: '2022-06-06', posts: ['分管局领导'] })
  expect(await next(NOW)).toEqual({ on: '2022-06-13', posts: ['救助中心'] })
  // A head who performs it presses nobody.
  const head = await row<{ id: string }>(
    pool,
    `select person as id from person_roles where role = 'town-head' and office = $1`,
    [TOWN],
  )
  const holds = `update assignments set person = $2 where deadline = $1 and ended_at is null`
  await pool.query(holds, [late!.deadline, head!.id])
  expect(await next(instantAt('2022-05-28', '09:00'))).toEqual({ on: '2022-05-30', posts: ['救助中心'] })
  await pool.query(holds, [late!.deadline, null])
  expect(await nextAsked(pool, [], { home, directory, calendars, now: NOW })).toEqual(new Map())
})

test('whom no mail reached is said with office, post and reason', async () => {
  await database.pool.query(
    `insert into not_reached (id, county, cause, office, role, reason, at)
     values ('nr_1', $1, 'c', $2, 'town-head', 'vacant', '2022-06-05T08:30+08')`,
    [COUNTY, TOWN],
  )
  expect(await notReachedSince(database.pool, COUNTY, instantAt('2022-06-01', '00:00'))).toEqual([
    '毛坝镇 镇分管领导(岗位没有人)',
  ])
  expect(await notReachedSince(database.pool, COUNTY, NOW)).toEqual([])
})

test('a password’s mail names the bureau of the account', async () => {
  expect(await bureauOf(database.pool, 'OFFICER@maoba.ziyang.test')).toMatchObject({ name: '紫阳县民政局' })
  expect(await bureauOf(database.pool, 'nobody@x.test')).toBeUndefined()
})

test('of many that are late behind one deadline the first are listed, and all are counted', async () => {
  const { pool } = database
  await pool.query(`delete from notifications where id = 'nt_copy'`)
  await givenWarning(pool, { id: 'LATE2', level: 'orange', issuedOn: '2022-05-20', silent: true })
  const people = await row<{ first: string }>(
    pool,
    `select person as first from notifications where id = 'nt_0'`,
  )
  const asked = await askedBefore(pool, COUNTY, [people!.first], NOW, 1)
  expect(asked.map(({ externalId, behind }) => [externalId, behind])).toEqual([['LATE', 2]])
  expect(asked[0]?.obligations.split(',')).toHaveLength(2)
  expect(await askedBefore(pool, COUNTY, [people!.first], NOW, 10)).toHaveLength(2)
})

test('what names somebody is read beside older work that names nobody', async () => {
  const { pool } = database
  const read = async () => (await lateItems(pool, [TOWN], NOW, 1)).map((o) => [o.externalId, o.person])
  expect(await read()).toEqual([['LATE', null]])
  const person = await row<{ id: string }>(pool, `select id from people order by id limit 1`)
  await pool.query(`update obligations set holder_person = $1 where external_id = 'LATE2'`, [person!.id])
  await pool.query(`update obligations set holder_person = $1 where external_id = 'SOON1'`, [person!.id])
  expect(await read()).toEqual([
    ['LATE', null],
    ['LATE2', person!.id],
  ])
  const held = await heldWork(pool, [TOWN], NOW, 1)
  expect(held.map(({ person, count }) => [person, count])).toEqual([
    [null, 1],
    [person!.id, 1],
  ])
  await pool.query(`update obligations set holder_person = null where external_id in ('LATE2', 'SOON1')`)
})

test('what was asked before its day was counted anew is asked still, since the day it was asked, and says its first day', async () => {
  const { pool } = database
  const { first } = (await row<{ first: string }>(
    pool,
    `select person as first from notifications where id = 'nt_0'`,
  ))!
  await pool.query(
    `insert into deadlines (id, key, county, office, due_at, due_on, rule, kind, level, stage, label, policy, started_at)
     select 'dl_moved', 'moved', d.county, d.office, d.due_at + interval '3 days', d.due_on + 3, d.rule, d.kind, d.level, d.stage,
            d.label, d.policy, d.started_at
       from deadlines d join assignments a on a.deadline = d.id join obligations o on o.id = a.obligation
      where o.external_id = 'LATE'`,
  )
  await pool.query(
    `with before as (select a.id, a.obligation, a.deadline, a.due_on from assignments a join obligations o on o.id = a.obligation
                      where o.external_id = 'LATE' and a.ended_at is null),
          told as (insert into recounts (obligation, assignment, deadline, due_on, at)
                   select obligation, id, deadline, due_on, now() from before)
     update assignments a set deadline = 'dl_moved', due_on = a.due_on + 3, due_at = a.due_at + interval '3 days'
       from before where a.id = before.id`,
  )
  await pool.query(
    `update obligations o set holder_due_on = a.due_on, holder_due_at = a.due_at from assignments a
      where a.obligation = o.id and a.deadline = 'dl_moved'`,
  )
  const asked = await askedBefore(pool, COUNTY, [first], NOW, 10)
  expect(asked).toMatchObject([
    { externalId: 'LATE2', askedOn: '2022-06-01', dueOn: '2022-05-27', movedFrom: null, behind: 1 },
    { externalId: 'LATE', askedOn: '2022-06-01', dueOn: '2022-05-30', movedFrom: '2022-05-27', behind: 1 },
  ])
  expect(asked[1]!.deadline).toBe('dl_moved')
  const open = (await openItems(pool, ['dl_moved'], 20)).get('dl_moved')
  expect(open).toMatchObject({ items: [{ externalId: 'LATE', movedFrom: '2022-05-27' }] })
  const items = await lateItems(pool, [TOWN], NOW, 10)
  expect(items.map(({ externalId, movedFrom }) => [externalId, movedFrom])).toContainEqual([
    'LATE',
    '2022-05-27',
  ])
  // Its day came back: the one between is not its first.
  await inTransaction(pool, async (tx) => {
    await tx.query(
      `insert into recounts (obligation, assignment, deadline, due_on, at)
       select obligation, id, deadline, due_on, now() from assignments where deadline = 'dl_moved'`,
    )
    await tx.query(`update assignments set due_on = due_on - 3 where deadline = 'dl_moved'`)
    const back = (await lateItems(tx, [TOWN], NOW, 10)).find(({ externalId }) => externalId === 'LATE')
    expect(back).toMatchObject({ movedFrom: null })
    await tx.query(`delete from recounts where deadline = 'dl_moved'`)
    await tx.query(`update assignments set due_on = due_on + 3 where deadline = 'dl_moved'`)
  })
  // What climbs behind the new day is theirs to know.
  await pool.query(
    `insert into notifications (id, county, cause, person, kind, deadline, audience, urgent, round_at, state, mail, created_at)
     select 'nt_climbed', county, 'three', person, 'copied', 'dl_moved', '{"to":"rung","rung":3,"roles":["bureau-leader"]}', urgent,
            round_at + interval '2 days', state, mail, created_at from notifications where id = 'nt_0'`,
  )
  const left = await askedBefore(pool, COUNTY, [first], NOW, 10)
  expect(left.map(({ externalId }) => externalId)).toEqual(['LATE2'])
})

test('of a great many, what is read grows with their number, not with its square', async () => {
  const { pool } = database
  const many = Array.from({ length: 1_000 }, (_, n) => n)
  await givenWarnings(
    pool,
    many.map((n) => ({ id: `LATE-M${n}`, level: 'orange', issuedOn: '2022-05-20', silent: true })),
  )
  const people = await row<{ first: string }>(
    pool,
    `select person as first from notifications where id = 'nt_0'`,
  )
  const client = await pool.connect()
  /** What this database has put aside on disk, of what found no room in memory. */
  const spilled = async () => {
    await client.query('select pg_stat_force_next_flush()')
    await client.query('select 1')
    const found = await row<{ bytes: number }>(
      client,
      'select temp_bytes::float8 as bytes from pg_stat_database where datname = current_database()',
    )
    return found!.bytes
  }
  try {
    const before = await spilled()
    const asked = await askedBefore(client, COUNTY, [people!.first], NOW, 1)
    const most = asked.find(({ behind }) => behind > 1_000)
    expect(most?.obligations.split(',')).toHaveLength(most?.behind ?? 0)
    expect((await spilled()) - before).toBeLessThan(5_000_000)
  } finally {
    client.release()
  }
})
