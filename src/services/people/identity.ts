import type { HeldRole } from '../../domain/people/permissions.ts'
import type { Day } from '../../domain/time/days.ts'
import { row, type Sql } from '../../db/pool.ts'
import { people } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf } from '../../db/select-columns.ts'

// `stands`: the person when present, and all absent people whose chain of substitutes ends with them. A circle
// contains nobody who is present, so none is entered. `rolesOn` in src/domain/people/absence.ts has the same rule.
// A centre works for its parent's tree.
const HELD = `recursive stands as (
  select p.id from people p where p.id = $1 and not coalesce(p.absent_from <= $2 and coalesce(p.absent_until >= $2, true), false)
  union
  select p.id from stands s join people p on p.substitute = s.id
   where p.active and p.absent_from <= $2 and coalesce(p.absent_until >= $2, true)),
held as (
  select r.office, r.role, nullif(r.person, $1) as behalf from person_roles r
   where (r.person = $1 or r.person in (select id from stands))
     and coalesce(r.valid_from <= $2, true) and coalesce(r.valid_until >= $2, true)),
rooted as (
  select h.*, case when f.kind = 'county-centre' then f.parent else f.code end as root
    from held h join offices f on f.code = h.office)`

const IDENTITY = allOf(
  columns(people, 'p', ['id', 'name', 'email']),
  computed<{ heldRoles: HeldRole[]; offices: string[]; counties: string[] }>({
    heldRoles: `(select coalesce(jsonb_agg(jsonb_build_object('office', h.office, 'role', h.role, 'onBehalfOf', h.behalf, 'root', h.root)), '[]')
          from rooted h)`,
    // All offices below their roles.
    offices: `(select coalesce(array_agg(o.code order by o.code), '{}') from offices o
         where exists (select from rooted h where o.code = h.root or o.code ^@ (h.root || '.')))`,
    counties: `(select coalesce(array_agg(c.office order by c.office), '{}') from counties c
         where exists (select from rooted h where c.office = h.root or c.office ^@ (h.root || '.') or h.root ^@ (c.office || '.')))`,
  }),
)
export type Identity = RowsOf<typeof IDENTITY>

/** A person with their roles on that day (business time); undefined when unknown or not active. Role duban_gate. */
export function identityOf(gate: Sql, person: string, today: Day): Promise<Identity | undefined> {
  return row(
    gate,
    `with ${HELD}
     select ${IDENTITY} from people p where p.id = $1 and p.active`,
    [person, today],
  )
}

/** The offices below one, and the counties it touches: the scope of an API key. */
export async function treeOf(gate: Sql, office: string): Promise<{ offices: string[]; counties: string[] }> {
  const found = await row<{ offices: string[]; counties: string[] }>(
    gate,
    `select (select coalesce(array_agg(code order by code), '{}') from offices where code = $1 or code ^@ ($1 || '.')) as offices,
            (select coalesce(array_agg(office order by office), '{}') from counties
              where office = $1 or office ^@ ($1 || '.') or $1 ^@ (office || '.')) as counties`,
    [office],
  )
  return found ?? { offices: [], counties: [] }
}
