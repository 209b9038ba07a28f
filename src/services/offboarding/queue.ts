import { unassignPerson, reassignWorkOf, type Leaver } from './offboard.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Offboarding } from '../people/departures.ts'
import { row, rows, type Sql } from '../../db/pool.ts'

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

/** Read now: whoever was enabled again, or got another role there, has not left. */
async function leaverOf(tx: Sql, person: string): Promise<Leaver & { active: boolean }> {
  const found = await row<Leaver & { active: boolean }>(
    tx,
    `select id, name, active, coalesce((select jsonb_agg(jsonb_build_object('office', r.office)) from person_roles r
                                         where r.person = p.id), '[]') as roles
       from people p where id = $1`,
    [person],
  )
  return found ?? { id: person, name: '', active: true, roles: [] }
}
