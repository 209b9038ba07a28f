import type { z } from 'zod'
import type { rosterEntry, rosterImport, rosterNumbers, rosterVillage } from '../../contract/api/roster.ts'
import { COVER_LABELS, REACH_LABELS } from '../../domain/obligation/roster-words.ts'
import { GROUP_LABELS } from '../../domain/obligation/vocabulary.ts'
import { groupBy } from '../../domain/grouping.ts'
import { maskName } from '../../domain/people/masking.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { rosterPerson } from '../../services/roster/content.ts'
import type { RosterCount } from '../../services/roster/reach.ts'
import type { ReachedHousehold, RosterImport } from '../../services/roster/store.ts'
import type { VillageCount } from '../../services/roster/villages.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { maskedSubject } from '../households/masked-subject.ts'
import { iso } from '../obligations/present.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'

/** A household as the contract shows it: nothing of who it is for a key that was not granted personal data. */
export function showRosterEntry(
  row: ReachedHousehold,
  keys: Keyring,
  { personal }: Actor,
  { names }: Pick<ReferenceData, 'names'>,
): z.infer<typeof rosterEntry> {
  const { id, office, group, cover, coveredSince, reach, version, createdAt } = row
  return {
    ...{ id, group, cover, coveredSince, reach, version, import: row.import },
    office: { code: office, name: names.office(office) },
    subject: personal && row.anonymisedWall === null ? maskedSubject(rosterPerson(keys, row)) : null,
    createdAt: iso(createdAt),
    labels: { group: GROUP_LABELS[group], cover: COVER_LABELS[cover], reach: REACH_LABELS[reach] },
  }
}

type Numbers = z.infer<typeof rosterNumbers>
const NONE: Numbers = { total: 0, covered: 0, reached: 0, owed: 0, unreached: 0 }

export function sumOf(counts: readonly Pick<RosterCount, 'reach' | 'households'>[]): Numbers {
  return counts.reduce(
    (sum, { reach, households }) => ({
      ...sum,
      total: sum.total + households,
      [reach]: sum[reach] + households,
    }),
    NONE,
  )
}

/** By town and group, in their order. */
export function showCounts(counts: readonly RosterCount[], { names }: Pick<ReferenceData, 'names'>) {
  const strata = new Map<string, RosterCount[]>()
  for (const count of counts) {
    const key = `${count.office}|${count.group}`
    strata.set(key, [...(strata.get(key) ?? []), count])
  }
  return [...strata.values()].map((ofOne) => {
    const { office, group } = ofOne[0]!
    return { office: { code: office, name: names.office(office) }, group, ...sumOf(ofOne) }
  })
}

/** By town and village; those with households that nothing has reached come first. */
export function showVillages(
  counts: readonly VillageCount[],
  { names }: Pick<ReferenceData, 'names'>,
): z.infer<typeof rosterVillage>[] {
  return [...groupBy(counts, ({ office, village }) => `${office}|${village}`).values()]
    .map((ofOne) => {
      const { office, village } = ofOne[0]!
      return {
        office: { code: office, name: names.office(office) },
        village: maskName(village),
        ...sumOf(ofOne),
      }
    })
    .sort((a, b) => b.unreached - a.unreached || b.owed - a.owed || (a.office.code < b.office.code ? -1 : 1))
}

export function showRosterImport(row: RosterImport): z.infer<typeof rosterImport> {
  const { id, state, added, changed, createdAt, undoneAt } = row
  return {
    id,
    state,
    added,
    changed,
    createdAt: iso(createdAt),
    undoneAt: undoneAt === null ? null : iso(undoneAt),
  }
}
