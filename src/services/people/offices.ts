import { readKept } from '../../db/kept-reads.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import { counties as countyTable, offices, people, personRoles } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

const officeAs = (alias: string) => columns(offices, alias, ['code', 'parent', 'kind', 'name', 'duties'])
const HOLDER = columns(people, 'p', [
  ...(['name', 'email', 'active', 'absentFrom', 'absentUntil', 'substitute', 'version'] as const),
])
const HELD = columns(personRoles, 'r', ['office', 'role', 'validFrom', 'validUntil'])
const ROLE_HOLDING = allOf(columnsAs(people, 'p', { personId: 'id' }), HOLDER, HELD)
const HOLDINGS = 'from person_roles r join people p on p.id = r.person'
const COUNTY = allOf(
  columns(countyTable, 'c', ['office', 'hours', 'contact', 'standingOn', 'checkedOn', 'mailState']),
  columns(offices, 'o', ['name']),
)
const COUNTIES = 'from counties c join offices o on o.code = c.office'

export type Office = RowsOf<ReturnType<typeof officeAs>>
export type RoleHolding = RowsOf<typeof ROLE_HOLDING>
export type County = RowsOf<typeof COUNTY>

export function allOffices(sql: Sql): Promise<Office[]> {
  return selectRows(sql, officeAs('o'), 'from offices o order by code')
}

/** Does the office exist, as far as the reader sees the directory? */
export async function officeKnown(sql: Sql, code: string): Promise<boolean> {
  return (await row(sql, 'select from offices where code = $1', [code])) !== undefined
}

/**
 * Keeps these offices from being removed until the end of the transaction: what names them without a foreign key is seen by whoever
 * waits to remove one.
 * @throws Error where one has gone since it was read; whoever reads anew no longer finds it
 */
export async function holdOffices(tx: Sql, codes: readonly string[]): Promise<void> {
  const wanted = [...new Set(codes)]
  if (wanted.length === 0) return
  const held = 'select code from offices where code = any($1) order by code for key share'
  const found = await rows<{ code: string }>(tx, held, [wanted])
  if (found.length < wanted.length) throw new Error('an office that was read has gone')
}

/** The offices of one tree: the county bureau and everything below it. */
export function officesUnder(sql: Sql, root: string): Promise<Office[]> {
  return rows(
    sql,
    `with recursive tree as (
       select * from offices where code = $1 union all select o.* from offices o join tree t on o.parent = t.code)
     select ${officeAs('tree')} from tree order by code`,
    [root],
  )
}

/** The towns of a county. */
export async function townsOf(sql: Sql, county: string): Promise<Office[]> {
  return (await officesUnder(sql, county)).filter(({ kind }) => kind === 'town')
}

/** An office and those above it, the widest first. */
export function officesAbove(sql: Sql, office: string): Promise<Office[]> {
  return rows(
    sql,
    `with recursive up as (
       select *, 0 as height from offices where code = $1
       union all select o.*, u.height + 1 from offices o join up u on o.code = u.parent)
     select ${officeAs('up')} from up order by height desc`,
    [office],
  )
}

/** The names of a county and of the places above it, as files write them. */
export async function placesAbove(sql: Sql, county: string): Promise<string[]> {
  return (await officesAbove(sql, county)).map(({ name }) => name.replace(/民政局$/, ''))
}

/** Every office that a rung of this office's ladder can reach: itself, its ancestors, and their centres. */
export function officesAround(sql: Sql, office: string): Promise<Office[]> {
  return rows(
    sql,
    `with recursive up as (
       select * from offices where code = $1 union all select o.* from offices o join up u on o.code = u.parent)
     select ${officeAs('up')} from up
     union select ${officeAs('c')} from offices c join up u on c.parent = u.code
      where c.kind = 'county-centre'`,
    [office],
  )
}

export function roleHoldings(sql: Sql, officeCodes: readonly string[]): Promise<RoleHolding[]> {
  const theirs = `${HOLDINGS} where r.office = any($1) order by p.id, r.role`
  return selectRows(sql, ROLE_HOLDING, theirs, [officeCodes])
}

export function allRoleHoldings(sql: Sql): Promise<RoleHolding[]> {
  return selectRows(sql, ROLE_HOLDING, `${HOLDINGS} order by r.office, p.id`)
}

/** What the page for signing in may name before anybody has. */
export async function countyNames(gate: Sql): Promise<string[]> {
  const found = await rows<{ name: string }>(
    gate,
    'select o.name from counties c join offices o on o.code = c.office order by o.code',
  )
  return found.map(({ name }) => name)
}

export function counties(sql: Sql): Promise<County[]> {
  return selectRows(sql, COUNTY, COUNTIES)
}

/** @throws Error when the office is no county of this deployment. */
export async function county(sql: Sql, office: string): Promise<County> {
  const found = await readKept(sql, 'directory', `county ${office}`, () =>
    selectRow(sql, COUNTY, `${COUNTIES} where c.office = $1`, [office]),
  )
  if (!found) throw new Error(`no county ${office}`)
  return found
}
