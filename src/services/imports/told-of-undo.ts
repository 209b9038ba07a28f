import { peopleFor } from '../../domain/escalation/directory.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { directoryAround } from '../people/directory.ts'
import type { CancelledByImport } from './cancelled-by-import.ts'
import { linesAbout } from '../obligations/lines-about.ts'
import { now as businessNow } from '../schedule/clock.ts'

type Held = { office: string; person: string | null }

/**
 * Whoever hears that an import is taken back: who had a reminder of what it brought, who holds what it has corrected and gets it moved,
 * and who holds again what it had cancelled. Each once. At most: what has changed since is not restored.
 */
export async function toldOfUndo(
  sql: Sql,
  importId: string,
  { kept, restored }: { kept: readonly string[]; restored: readonly CancelledByImport[] },
): Promise<number> {
  const now = await businessNow(sql)
  const told = new Set(await remindedOf(sql, importId, kept))
  const held = [...(await holdersOfCorrected(sql, importId)), ...restored.filter((one) => one.told)]
  for (const person of await peopleHolding(sql, held, now)) told.add(person)
  return told.size
}

/** Who had a mail about what the import brought and nobody has touched. */
async function remindedOf(sql: Sql, importId: string, kept: readonly string[]): Promise<string[]> {
  const found = await rows<{ person: string }>(
    sql,
    `select distinct n.person from obligations o cross join lateral ${linesAbout('o.id')} n
      where n.state = 'mailed' and o.import_id = $1 and o.state <> 'cancelled' and not coalesce(o.external_id, '') = any($2)`,
    [importId, kept],
  )
  return found.map(({ person }) => person)
}

/**
 * Whether a step wrote what its holder hears of as it goes back: a level, a town, or whatever moved the due day, be it a category (R1). An
 * earlier release did not write how the day moved: then a new issue counts.
 */
const HEARD = `(step -> 'fields' ?| array['level','town'] or step -> 'due' ->> 'from' <> step -> 'due' ->> 'to'
  or (step -> 'due' is null and step -> 'fields' ? 'issued'))`

/** Who holds what gets another level, town or day back, and who held it before: a telephone that goes back is told to nobody. */
function holdersOfCorrected(sql: Sql, importId: string): Promise<Held[]> {
  return rows<Held>(
    sql,
    `with moved as (
       select o.holder_office, o.holder_person, step -> 'before' ->> 'town' as town, step -> 'fields' as fields
         from import_changes c join obligations o on o.id = c.obligation, jsonb_array_elements(c.replaced) step
        where c.import = $1 and o.holder_office is not null and ${HEARD})
     select holder_office as office, holder_person as person from moved
     union select town, null from moved where fields ? 'town' and town is not null`,
    [importId],
  )
}

async function peopleHolding(sql: Sql, held: readonly Held[], now: Instant): Promise<Set<string>> {
  const people = new Set<string>()
  for (const office of new Set(held.map((one) => one.office))) {
    const directory = await directoryAround(sql, office)
    const here = held.filter((one) => one.office === office)
    for (const one of here) for (const p of peopleFor({ to: 'holder' }, one, directory, now)) people.add(p)
  }
  return people
}
