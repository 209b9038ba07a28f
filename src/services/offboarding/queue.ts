import { unassignPerson, reassignWorkOf, type Leaver } from './offboard.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Offboarding } from '../people/departures.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { people } from '../../db/schema/index.ts'
import { allOf, columns, computed, selectRow } from '../../db/select-columns.ts'

/**
 * Passes on the assignments and notifications of people who left, before a round is composed. Role duban_worker.
 */
export async function processOffboardings(
  tx: Sql,
  county: string,
  at: { now: Instant; wallNow: number },
): Promise<void> {
  const due = await rows<Offboarding>(
    tx,
    'delete from departures where county = $1 returning person, office',
    [county],
  )
  for (const { person, office } of due) {
    const leaver = await leaverOf(tx, person)
    if (office === null && !leaver.active) await reassignWorkOf(tx, leaver, at)
    if (office !== null && !leaver.roles.some((r) => r.office === office))
      await unassignPerson(tx, person, office)
  }
}

const LEAVER = allOf(
  columns(people, 'p', ['id', 'name', 'active']),
  computed<Pick<Leaver, 'roles'>>({
    roles: `coalesce((select jsonb_agg(jsonb_build_object('office', r.office)) from person_roles r where r.person = p.id), '[]')`,
  }),
)

/** Read now: whoever was enabled again, or got another role there, has not left. */
async function leaverOf(tx: Sql, person: string): Promise<Leaver & { active: boolean }> {
  const found = await selectRow(tx, LEAVER, 'from people p where id = $1', [person])
  return found ?? { id: person, name: '', active: true, roles: [] }
}
