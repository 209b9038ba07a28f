import type { Sql } from '../db/pool.ts'
import type { Cover } from '../domain/obligation/roster-words.ts'
import { addDays, dayOf, type Instant } from '../domain/time/days.ts'
import { officesUnder } from '../services/people/offices.ts'
import type { RosterContent } from '../services/roster/content.ts'
import { applyRoster } from '../services/roster/import.ts'
import type { Keyring } from '../services/vault/encryption.ts'
import { GROUPS, syntheticPerson } from './households.ts'
import type { Random } from './random.ts'
import { householdOfWarning, type PlannedWarning } from './warnings.ts'

/** Households of each town that no warning names. */
const OTHERS = ['dibao', 'marginal', 'none'] as const satisfies readonly Cover[]
const COVERED_FOR_DAYS = 200

/**
 * Registers a roster as a file would: of each town the household of its latest warning, whose page has a story, and a few that need
 * nothing yet or that nobody has reached.
 */
export async function layRoster(
  tx: Sql,
  keys: Keyring,
  county: string,
  { random, warnings, now }: { random: Random; warnings: readonly PlannedWarning[]; now: Instant },
): Promise<void> {
  const towns = (await officesUnder(tx, county)).filter(({ kind }) => kind === 'town')
  const added = towns.flatMap(({ code: office }): RosterContent[] => {
    const warned = warnings.findLast(({ town }) => town.code === office)
    const others = OTHERS.map((cover) => ({
      ...{ office, cover, group: random.pick(GROUPS), person: syntheticPerson(random, '') },
      coveredSince: cover === 'none' ? null : addDays(dayOf(now), -random.below(COVERED_FOR_DAYS)),
    }))
    if (!warned) return others
    const known = { office, cover: 'none' as const, coveredSince: null, ...householdOfWarning(warned) }
    return [known, ...others]
  })
  await applyRoster(tx, keys, { county, plan: { added, changed: [], unchanged: 0 }, by: 'demo', now })
}
