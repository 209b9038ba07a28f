import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { type ScopeContext, ScopedReads } from '../../src/db/row-scope.ts'
import { type Changed, whoChanged } from '../../src/services/audit/who-changed.ts'
import { COUNTY, layNeighbours, OTHER_COUNTY, PLACES } from '../security/authorization/county.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { contextFor, personWith, rolePools } from '../support/scoped.ts'
import { givenWarning } from '../support/warnings.ts'

// What goes by the rights of the owner has no policy: it names who sees what by itself.
let database: TestDatabase
let pools: ReturnType<typeof rolePools>
afterAll(async () => {
  await pools.end()
  await database.drop()
})

const contextOf = async (role: string, office: string) =>
  contextFor(pools.gate, await personWith(database.pool, role, office))
const TOWNS = [`${COUNTY}.maoba`, `${COUNTY}.donghe`, PLACES.abroad]
const asked = async <T extends object>(context: ScopeContext, text: string, values: unknown[] = []) => {
  const db = new ScopedReads(pools.api, context)
  try {
    return await rows<T>(db, text, values)
  } finally {
    await db.end()
  }
}
beforeAll(async () => {
  database = await createTestDatabase('county')
  pools = rolePools(database)
  for (const town of ['maoba', 'donghe'])
    await givenWarning(database.pool, { id: `YJ-${town}`, level: 'orange', town })
  await layNeighbours(database.pool)
  await givenWarning(database.pool, {
    ...{ id: 'YJ-abroad', level: 'orange', office: PLACES.abroad, county: OTHER_COUNTY },
  })
})

test('open work: each sees what their own offices hold, the worker and the owner all of it', async () => {
  const held = 'select distinct office from open_work order by office'
  const offices = (found: { office: string }[]) => found.map(({ office }) => office)
  const town = await contextOf('town-officer', TOWNS[0] ?? '')
  expect(offices(await asked(town, held))).toEqual([TOWNS[0]])
  const neighbour = await contextOf('town-officer', PLACES.abroad)
  expect(offices(await asked(neighbour, held))).toEqual([PLACES.abroad])
  expect(await rows(pools.api, held)).toEqual([])
  for (const all of [pools.worker, database.pool])
    expect(offices(await rows(all, held))).toEqual([...TOWNS].sort())
  await expect(rows(pools.gate, held)).rejects.toMatchObject({ code: '42501' })
  // Whoever is granted it later sees no more than their own offices.
  await database.pool.query('grant select on open_work to duban_gate')
  expect(await rows(pools.gate, held)).toEqual([])
  await database.pool.query('revoke select on open_work from duban_gate')
})

test('where work went on to is told to whoever gave it away, and to nobody beside them', async () => {
  const [given] = await rows<{ id: string }>(
    database.pool,
    `select id from obligations where external_id = 'YJ-donghe'`,
  )
  await database.pool.query(
    `insert into hand_overs (id, county, obligation, title, from_office, to_office, state, offered_by, offered_at, answered_by, answered_at, held_days)
       select 'ho_y', county, id, title, '${TOWNS[0]}', office, 'accepted', 'pe_x', now(), 'pe_y', now(), 1 from obligations where id = $1`,
    [given?.id],
  )
  const went = async (office: string) =>
    asked(await contextOf('town-officer', office), 'select office, taken_by from duban_went_on($1)', [
      [given?.id],
    ])
  expect(await went(TOWNS[0] ?? '')).toEqual([{ office: TOWNS[1], taken_by: 'pe_y' }])
  expect(await went(`${COUNTY}.gaoqiao`)).toEqual([])
  expect(await went(PLACES.abroad)).toEqual([])
  await database.pool.query('delete from hand_overs')
})

type Entry = [
  actor: string,
  action: string,
  subject: string | null,
  detail?: object,
  outcome?: string,
  county?: string,
]
async function givenTrail(...entries: Entry[]): Promise<void> {
  for (const [actor, action, subject, detail = {}, outcome = 'done', county = COUNTY] of entries)
    await database.pool.query(
      `insert into audit_events (at_wall, actor, action, subject, outcome, detail, county) values (now(), $1, $2, $3, $4, $5, $6)`,
      [actor, action, subject, outcome, JSON.stringify(detail), county],
    )
}
const named = (id: string) =>
  database.pool.query(
    `insert into people (id, name, email) values ($1, $1, $1 || '@a.example') on conflict do nothing`,
    [id],
  )

test('who changed a thing last is told within the county, and of what changes it alone', async () => {
  for (const id of ['pe_a', 'pe_b', 'pe_c']) await named(id)
  const [town = ''] = TOWNS
  const context = await contextOf('town-officer', town)
  const who = async (what: Changed, as = context) => {
    const db = new ScopedReads(pools.api, as)
    return (await whoChanged(db, what).finally(() => db.end()))?.by ?? null
  }
  const person = { kind: 'person', about: 'pe_them' } as const
  await givenTrail(
    ['pe_a', 'user.contact', 'pe_them'],
    ['pe_b', 'household.reveal', 'pe_them'],
    ['pe_b', 'user.contact', 'pe_them', {}, 'refused'],
    ['pe_b', 'user.reset', 'pe_them'],
    ['pe_them', 'password.set', 'pe_them'],
    ['nobody', 'password.reset', 'pe_them'],
    ['pe_them', 'totp.remove', 'pe_them'],
  )
  expect(await who(person)).toBe('pe_a')
  expect(await who(person, await contextOf('town-officer', PLACES.abroad))).toBeNull()
  await givenTrail(['owner', 'user.disable', 'pe_them'])
  expect(await who(person)).toBeNull()

  const office = { kind: 'office', about: null, part: { office: town } } as const
  await givenTrail(
    ['pe_b', 'office.rename', null, { office: town }],
    ['pe_c', 'household.lookup', null, { office: town }],
    ['pe_c', 'office.hand-on', 'ob_it', { office: town }],
  )
  expect(await who(office)).toBe('pe_b')

  const entry = (id: string) => ({ kind: 'entry', about: 'ob_it', part: { entry: id } }) as const
  await givenTrail(
    ['pe_a', 'screening.entry-change', 'ob_it', { entry: 'se_1' }],
    ['pe_b', 'screening.entry-change', 'ob_it', { entry: 'se_2' }],
    ['pe_c', 'screening.entries-import', 'ob_it', { dryRun: true }],
  )
  expect(await who(entry('se_1'))).toBe('pe_a')
  // A file may have changed it since, or another one: that nobody can tell.
  await givenTrail(['pe_c', 'screening.entries-import', 'ob_it', { dryRun: false }])
  expect(await who(entry('se_1'))).toBeNull()
  await givenTrail(['pe_a', 'roster.change', 'rh_1'], ['pe_b', 'roster.import', 'rf_1', { dryRun: false }])
  expect(await who({ kind: 'household', about: 'rh_1' })).toBeNull()

  const key = await database.pool.query<{ id: string }>(
    `insert into api_keys (id, prefix, secret_hash, name, office, permissions, created_by, created_wall)
     values ('ak_x', 'x', 'x', '县平台', $1, '[]', 'pe_a', now()) returning id`,
    [COUNTY],
  )
  await givenTrail([key.rows[0]?.id ?? '', 'POST /v1/imports/:id/actions', 'im_1'])
  expect(await who({ kind: 'import', about: 'im_1' })).toBe('县平台')
  // The trail itself stays closed.
  expect(await asked(context, 'select id from audit_events')).toEqual([])
})
