import {
  type Absence,
  type AbsenceFault,
  absenceFault,
  type Candidate,
  isBarred,
} from '../../domain/people/absence.ts'
import { dayOf } from '../../domain/time/days.ts'
import { now as businessNow } from '../schedule/clock.ts'
import type { Role } from '../../domain/obligation/vocabulary.ts'
import { row, type Sql } from '../../db/pool.ts'
import { people, personRoles } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRows } from '../../db/select-columns.ts'

/**
 * Enters somebody's absence and replaces the previous one. @param by who enters it, null on the machine itself
 * @returns why it cannot be entered; then nothing was changed
 */
export async function enterAbsence(
  tx: Sql,
  person: string,
  absence: Absence,
  by: string | null,
): Promise<AbsenceFault | null> {
  const candidate = absence.substitute === null ? null : await candidateFor(tx, person, absence.substitute)
  const fault = absenceFault(person, absence, { candidate, by, today: dayOf(await businessNow(tx)) })
  if (fault === null) await writeAbsence(tx, person, absence)
  return fault
}

/** Locks the person against changes until the transaction ends. */
export async function lockPerson(tx: Sql, person: string): Promise<void> {
  await tx.query('select from people where id = $1 for no key update', [person])
}

/** Records that somebody is back. @returns whether an absence was entered */
export async function endAbsence(tx: Sql, person: string): Promise<boolean> {
  const entered = await row(
    tx,
    'select from people where id = $1 and absent_from is not null for no key update',
    [person],
  )
  if (entered) await writeAbsence(tx, person, { from: null, until: null, substitute: null })
  return entered !== undefined
}

type Written = Omit<Absence, 'from'> & { from: Absence['from'] | null }

async function writeAbsence(tx: Sql, person: string, { from, until, substitute }: Written): Promise<void> {
  await tx.query(
    `update people set absent_from = $2, absent_until = $3, substitute = $4, version = version + 1 where id = $1`,
    [person, from, until, substitute],
  )
}

const touches = (alias: string) =>
  `(k.office = ${alias}.office or ${alias}.office ^@ (k.office || '.') or k.office ^@ (${alias}.office || '.'))`
const CANDIDATE = allOf(
  columns(people, 'p', ['id', 'name', 'active']),
  computed<{ leadsTo: string[]; sameCounty: boolean }>({
    leadsTo: `(select coalesce(array_agg(id) filter (where id is not null), '{}') from chain)`,
    sameCounty: `exists (select from counties k, person_roles a, person_roles s
        where a.person = $1 and s.person = p.id and ${touches('a')} and ${touches('s')})`,
  }),
)

async function candidateFor(tx: Sql, person: string, substitute: string): Promise<Candidate> {
  const found = await row<RowsOf<typeof CANDIDATE>>(
    tx,
    `with recursive chain as (
       select substitute as id from people where id = $2
       union select p.substitute from people p join chain c on p.id = c.id)
     select ${CANDIDATE} from people p where p.id = $2`,
    [person, substitute],
  )
  if (!found) return null
  return { ...found, barred: isBarred(await rolesOf(tx, substitute), await rolesOf(tx, person)) }
}

async function rolesOf(tx: Sql, person: string): Promise<Role[]> {
  return (await allRolesOf(tx, person)).map((held) => held.role)
}

/** All roles of a person, those above the county and in others too: what an absence hands over. */
export function allRolesOf(tx: Sql, person: string): Promise<{ office: string; role: Role }[]> {
  const list = columns(personRoles, 'r', ['office', 'role'])
  return selectRows(tx, list, 'from duban_roles_of($1) r', [person])
}

/** The same of each of these people. */
export async function allRolesOfEach(
  tx: Sql,
  people: readonly string[],
): Promise<ReadonlyMap<string, { office: string; role: Role }[]>> {
  const list = columns(personRoles, 'r', ['office', 'role'])
  const found = await selectRows(
    tx,
    allOf(list, computed<{ id: string }>({ id: 'p.id' })),
    'from unnest($1::text[]) p(id) cross join duban_roles_of(p.id) r',
    [people],
  )
  const each = new Map<string, { office: string; role: Role }[]>()
  for (const { id, ...role } of found) each.set(id, [...(each.get(id) ?? []), role])
  return each
}
