import { rows, type Sql } from '../../db/pool.ts'
import { toldOfObligations } from '../notifications/told-of-obligations.ts'
import type { PhaseItem } from './phases.ts'

/** With whom a blocker lies, and who has been told of it. */
export type BlockerHeld = { holder: { office: string; person: string | null } | null; told: string[] }

/** By obligation, as far as the reader sees the people. */
export async function holdersOfBlockers(
  sql: Sql,
  blockers: readonly Pick<PhaseItem, 'id' | 'holderOffice' | 'holderPerson'>[],
): Promise<Map<string, BlockerHeld>> {
  const ids = blockers.map(({ id }) => id)
  const told = await toldOfObligations(sql, ids)
  const named = await rows<{ id: string; office: string; person: string | null }>(
    sql,
    `select o.id, f.name as office, p.name as person from obligations o
       join offices f on f.code = o.holder_office left join people p on p.id = o.holder_person
      where o.id = any($1)`,
    [ids],
  )
  const holders = new Map(named.map(({ id, office, person }) => [id, { office, person }]))
  return new Map(
    ids.map((id) => [
      id,
      {
        holder: holders.get(id) ?? null,
        told: told.filter(({ obligation }) => obligation === id).map(({ name }) => name),
      },
    ]),
  )
}
