import type { Directory } from '../../domain/escalation/directory.ts'
import { rolesOn } from '../../domain/people/absence.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { deadlinesById } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import { countyStaff } from './readers.ts'
import type { WaitingLine } from './store.ts'

/**
 * Of these lines, those whose reader still has a role that the ladder of the line's office reaches, their own or in another's
 * place. What is about no deadline is for whoever has a role in the county.
 */
export async function stillTheirs(
  tx: Sql,
  lines: readonly WaitingLine[],
  now: Instant,
): Promise<WaitingLine[]> {
  const deadlines = await deadlinesById(tx, [...new Set(lines.flatMap(({ deadline }) => deadline ?? []))])
  const officeOf = new Map(deadlines.map(({ id, office }) => [id, office]))
  const known = new Map<string | null, Directory>()
  const theirs: WaitingLine[] = []
  for (const line of lines) {
    const office = officeOf.get(line.deadline ?? '') ?? null
    const directory = known.get(office) ?? (await directoryOf(tx, office, line.county))
    known.set(office, directory)
    if (hasRole(line.person, directory, now)) theirs.push(line)
  }
  return theirs
}

async function directoryOf(tx: Sql, office: string | null, county: string): Promise<Directory> {
  return office === null ? (await countyStaff(tx, county)).directory : directoryAround(tx, office)
}

function hasRole(person: string, { holdings, colleagues }: Directory, now: Instant): boolean {
  return rolesOn(person, holdings, colleagues, dayOf(now)).length > 0
}
