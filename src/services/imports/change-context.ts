import type { Instant } from '../../domain/time/days.ts'
import { changeRulesOf } from '../../domain/obligation/change-rules.ts'
import type { Sql } from '../../db/pool.ts'
import { officesUnder } from '../people/offices.ts'
import { holdCalendar, readCalendars } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { Keyring } from '../vault/encryption.ts'
import type { ChangeContext } from './write-plans.ts'

/** Reads what the changes of one county are written by. */
export async function readChangeContext(
  tx: Sql,
  { county, actor, now, keys }: { county: string; actor: string; now: Instant; keys: Keyring },
): Promise<ChangeContext> {
  const held = holdCalendar(tx)
  const [policy, calendars, offices] = await Promise.all([
    currentPolicy(tx, county),
    readCalendars(tx),
    officesUnder(tx, county),
    held,
  ])
  return { county, actor, now, keys, policy, rules: changeRulesOf(policy), calendars, offices }
}
