import type { QuietDays } from '../../domain/people/quiet-days.ts'
import type { Day } from '../../domain/time/days.ts'
import { ROLE_LABELS, type Role } from '../../domain/obligation/vocabulary.ts'
import { row, type Sql } from '../../db/pool.ts'
import { people, personRoles } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRows } from '../../db/select-columns.ts'

const PERSON = allOf(
  columns(people, 'p', ['id', 'name', 'email', 'phone']),
  computed<{ roles: Role[]; officeName: string }>({
    roles: `coalesce(array_agg(distinct r.role) filter (where r.role is not null), '{}')`,
    officeName: `coalesce(min(o.name), '')`,
  }),
)
export type PersonRow = RowsOf<typeof PERSON> & { roleLabels: string[] }

/** The recipients of a round with their roles on that day, which decide how much they are told. */
export async function peopleById(sql: Sql, ids: readonly string[], today: Day): Promise<PersonRow[]> {
  const found = await selectRows(
    sql,
    PERSON,
    `from people p
       left join person_roles r on r.person = p.id
        and coalesce(r.valid_from <= $2, true) and coalesce(r.valid_until >= $2, true)
       left join offices o on o.code = r.office
      where p.id = any($1) group by p.id order by p.id`,
    [ids, today],
  )
  return found.map((person) => ({ ...person, roleLabels: person.roles.map((role) => ROLE_LABELS[role]) }))
}

/** False for an account that is disabled, or unknown. */
export async function isActive(sql: Sql, id: string): Promise<boolean> {
  return (await row(sql, 'select from people where id = $1 and active', [id])) !== undefined
}

/** The quiet days of those who have any. */
export async function quietDaysById(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, QuietDays>> {
  const list = columns(people, 'p', ['id', 'quietDays'])
  const theirs = `from people p where p.id = any($1) and p.quiet_days <> '{}'`
  const found = await selectRows(sql, list, theirs, [ids])
  return new Map(found.map(({ id, quietDays }) => [id, quietDays]))
}

const SAMPLE = allOf(
  columns(people, 's', ['id', 'name']),
  columns(personRoles, 's', ['role']),
  computed<{ office: string }>({ office: 's.office' }),
)
export type Sample = RowsOf<typeof SAMPLE>

/** The people the demonstration offers for signing in: one of each role in each office. */
export function samplePeople(gate: Sql): Promise<Sample[]> {
  return selectRows(
    gate,
    SAMPLE,
    `from (
       select p.id, p.name, o.name as office, o.code, r.role,
              row_number() over (partition by o.code, r.role order by p.id) as one
         from people p join person_roles r on r.person = p.id join offices o on o.code = r.office
        where p.active) s
      where one = 1 order by array_position(array['relief-centre','bureau-leader','verification-centre','town-head','town-officer','auditor','administrator'], role), code`,
  )
}
