import type { OfficeHours } from '../../domain/time/office-hours.ts'
import type { DirectoryHolding } from '../../domain/escalation/directory.ts'
import type { OfficeKind } from '../../domain/obligation/vocabulary.ts'
import { row, rows, type Sql } from '../../db/pool.ts'

export type Office = { code: string; parent: string | null; kind: OfficeKind; name: string; duties: string[] }
export type RoleHolding = DirectoryHolding & { name: string; email: string; version: number }
export type County = { office: string; name: string; hours: OfficeHours; contact: string }

const ROLE_HOLDING = `p.id as "personId", p.name, p.email, r.office, r.role, p.active, r.valid_from as "validFrom",
  r.valid_until as "validUntil", p.absent_from as "absentFrom", p.absent_until as "absentUntil", p.substitute, p.version`

export function allOffices(sql: Sql): Promise<Office[]> {
  return rows(sql, 'select code, parent, kind, name, duties from offices order by code')
}

/** Does the office exist, as far as the reader sees the directory? */
export async function officeKnown(sql: Sql, code: string): Promise<boolean> {
  return (await row(sql, 'select from offices where code = $1', [code])) !== undefined
}

/** The offices of one tree: the county bureau and everything below it. */
export function officesUnder(sql: Sql, root: string): Promise<Office[]> {
  return rows(
    sql,
    `with recursive tree as (
       select * from offices where code = $1 union all select o.* from offices o join tree t on o.parent = t.code)
     select code, parent, kind, name, duties from tree order by code`,
    [root],
  )
}

/** Every office that a rung of this office's ladder can reach: itself, its ancestors, and their centres. */
export function officesAround(sql: Sql, office: string): Promise<Office[]> {
  return rows(
    sql,
    `with recursive up as (
       select * from offices where code = $1 union all select o.* from offices o join up u on o.code = u.parent)
     select code, parent, kind, name, duties from up
     union select c.code, c.parent, c.kind, c.name, c.duties from offices c join up u on c.parent = u.code
      where c.kind = 'county-centre'`,
    [office],
  )
}

export function roleHoldings(sql: Sql, officeCodes: readonly string[]): Promise<RoleHolding[]> {
  return rows(
    sql,
    `select ${ROLE_HOLDING} from person_roles r join people p on p.id = r.person where r.office = any($1) order by p.id, r.role`,
    [officeCodes],
  )
}

export function allRoleHoldings(sql: Sql): Promise<RoleHolding[]> {
  return rows(
    sql,
    `select ${ROLE_HOLDING} from person_roles r join people p on p.id = r.person order by r.office, p.id`,
  )
}

export function counties(sql: Sql): Promise<County[]> {
  return rows(
    sql,
    'select c.office, o.name, c.hours, c.contact from counties c join offices o on o.code = c.office',
  )
}

/** @throws Error when the office is no county of this deployment. */
export async function county(sql: Sql, office: string): Promise<County> {
  const found = await row<County>(
    sql,
    'select c.office, o.name, c.hours, c.contact from counties c join offices o on o.code = c.office where c.office = $1',
    [office],
  )
  if (!found) throw new Error(`no county ${office}`)
  return found
}
