import type { Day } from '../../domain/time/days.ts'
import { ROLE_LABELS, type Role } from '../../domain/obligation/vocabulary.ts'
import { rows, type Sql } from '../../db/pool.ts'

export type PersonRow = {
  id: string
  name: string
  email: string
  phone: string | null
  roles: Role[]
  roleLabels: string[]
  officeName: string
}

/** The recipients of a round with their roles on that day, which decide how much they are told. */
export async function peopleById(sql: Sql, ids: readonly string[], today: Day): Promise<PersonRow[]> {
  const found = await rows<Omit<PersonRow, 'roleLabels'>>(
    sql,
    `select p.id, p.name, p.email, p.phone, coalesce(array_agg(distinct r.role) filter (where r.role is not null), '{}') as roles,
            coalesce(min(o.name), '') as "officeName"
       from people p
       left join person_roles r on r.person = p.id
        and coalesce(r.valid_from <= $2, true) and coalesce(r.valid_until >= $2, true)
       left join offices o on o.code = r.office
      where p.id = any($1) group by p.id order by p.id`,
    [ids, today],
  )
  return found.map((person) => ({ ...person, roleLabels: person.roles.map((role) => ROLE_LABELS[role]) }))
}

export type Sample = { id: string; name: string; office: string; role: Role }

/**
 * The people the demonstration offers for signing in: one of each role, from two towns, so that views can be
 * compared.
 */
export function samplePeople(gate: Sql): Promise<Sample[]> {
  return rows(
    gate,
    `select id, name, office, role from (
       select p.id, p.name, o.name as office, o.code, r.role,
              dense_rank() over (partition by r.role order by o.code) as nth, row_number() over (partition by o.code, r.role order by p.id) as one
         from people p join person_roles r on r.person = p.id join offices o on o.code = r.office
        where p.active) s
      where one = 1 and nth <= 2 order by array_position(array['relief-centre','bureau-leader','verification-centre','town-head','town-officer','auditor','administrator'], role), code`,
  )
}
