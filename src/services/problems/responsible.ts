import { rows, type Sql } from '../../db/pool.ts'

/** Who answers for a problem: a name, and the person of the office whose name it is. */
export type Responsible = { name: string; person: string | null }
export type ResponsibleFinder = (office: string, given: string) => Responsible

/**
 * Finds whoever is meant by an id or a name among the people of an office. A name that is nobody's there, or several people's,
 * stays a name.
 */
export async function responsibleFinder(sql: Sql, offices: readonly string[]): Promise<ResponsibleFinder> {
  const found = await rows<{ office: string; id: string; name: string }>(
    sql,
    `select distinct r.office, p.id, p.name from people p join person_roles r on r.person = p.id
      where r.office = any($1) and p.active`,
    [offices],
  )
  return (office, given) => {
    const meant = found.filter((p) => p.office === office && (p.id === given || p.name === given))
    const [one] = meant
    return one && meant.length === 1 ? { name: one.name, person: one.id } : { name: given, person: null }
  }
}
