import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { type ScopeContext, ScopedReads } from '../../src/db/row-scope.ts'
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

test('who changed a thing last is told within the county, and of changes alone', async () => {
  const entries = [
    ['2022-06-01', 'pe_a', 'user.contact', 'pe_them', 'done', {}, COUNTY],
    ['2022-06-02', 'pe_b', 'reveal', 'pe_them', 'done', {}, COUNTY],
    ['2022-06-03', 'pe_c', 'user.contact', 'pe_them', 'refused', {}, COUNTY],
    ['2022-06-04', 'pe_d', 'office.rename', null, 'done', { office: TOWNS[0] }, COUNTY],
    ['2022-06-05', 'pe_e', 'entry-change', 'ob_it', 'done', { entry: 'se_1' }, COUNTY],
    ['2022-06-06', 'pe_f', 'entry-change', 'ob_it', 'done', { entry: 'se_2' }, COUNTY],
  ]
  for (const [at, actor, action, subject, outcome, detail, county] of entries)
    await database.pool.query(
      `insert into audit_events (at_wall, actor, action, subject, outcome, detail, county) values ($1, $2, $3, $4, $5, $6, $7)`,
      [at, actor, action, subject, outcome, JSON.stringify(detail), county],
    )
  const who = async (office: string, about: string | null, part: object = {}) =>
    (
      await asked<{ by: string }>(
        await contextOf('town-officer', office),
        'select by from duban_who_changed($1, $2)',
        [about, JSON.stringify(part)],
      )
    ).map(({ by }) => by)
  expect(await who(TOWNS[0] ?? '', 'pe_them')).toEqual(['pe_a'])
  expect(await who(TOWNS[0] ?? '', null, { office: TOWNS[0] })).toEqual(['pe_d'])
  expect(await who(TOWNS[0] ?? '', 'ob_it', { entry: 'se_1' })).toEqual(['pe_e'])
  expect(await who(PLACES.abroad, 'pe_them')).toEqual([])
  // The trail itself stays closed.
  expect(await asked(await contextOf('town-officer', TOWNS[0] ?? ''), 'select id from audit_events')).toEqual(
    [],
  )
})
