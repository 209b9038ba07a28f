import type { OpenGroup } from '../../domain/obligation/standing.ts'
import type { Instant } from '../../domain/time/days.ts'
import { isOneThing } from '../../mail/digest-view.ts'
import type { DigestInput } from '../../mail/digest-types.ts'
import type { LateItemRow } from '../deadlines/late-items.ts'
import type { LetterDeps } from '../deps.ts'
import type { County } from '../people/offices.ts'
import { entriesFor, lateItemOf, type RoundFacts } from './digest-entries.ts'
import { isTheirs, readerStanding } from './reader-standing.ts'
import type { Reader } from './readers.ts'
import type { QueuedNotification } from './store.ts'

/** As many late things as a digest lists besides those of its lines. */
export const LATE_LISTED = 10

/** All that a round is composed from, read once for all its readers. */
export type Composing = RoundFacts & {
  letters: LetterDeps
  home: County
  groups: readonly OpenGroup[]
  late: readonly LateItemRow[]
  lateBefore: ReadonlyMap<string, number>
  toldUpTo: ReadonlyMap<string, string>
  notReached: number
  roundAt: Instant
  urgent: boolean
}

/** What one reader's digest says, from what the round has read. */
export function digestFor(
  reader: Reader,
  theirs: readonly QueuedNotification[],
  composing: Composing,
  mail: string,
): DigestInput {
  const { letters, home, groups, offices, now, roundAt } = composing
  const { name, roles, officeName } = reader
  const sections = entriesFor(theirs, composing)
  const { toldUpTo: told, notReached } = composing
  const before = { lateBefore: composing.lateBefore.get(reader.id) ?? null, told, notReached }
  const standing = readerStanding(reader, groups, offices, before, composing)
  const late = restOf(reader, sections, standing.own?.late.count ?? 0, composing)
  return {
    recipient: { name, roles, officeName },
    county: home.name,
    ...{ now, round: roundAt, standing, sections, late },
    urgent: theirs.every((n) => n.urgent),
    corrections: theirs.flatMap((n) => n.detail ?? []),
    ...linksOf({ sections, late, standing }, letters.dashboardUrl, mail),
    contact: home.contact,
    trial: letters.trial,
  }
}

/** What is late and not in a line of this round. Whoever oversees the county reads that as a table instead. */
function restOf(
  reader: Reader,
  sections: DigestInput['sections'],
  lateCount: number,
  composing: Composing,
): DigestInput['late'] {
  if (reader.oversees) return { items: [], more: 0 }
  const told = sections.filter((e) => e.due?.clock.code === 'overdue' && e.kind !== 'accepted')
  const deadlines = new Set(told.map((e) => e.deadline))
  const left = composing.late.filter(
    (row) => isTheirs(reader, row.office, row.person) && !deadlines.has(row.deadline),
  )
  const items = left.slice(0, LATE_LISTED).map((row) => lateItemOf(row, composing))
  const inLines = [...new Map(told.map((e) => [e.deadline, e.count])).values()].reduce((a, b) => a + b, 0)
  return { items, more: Math.max(0, lateCount - inLines - items.length) }
}

/** Whoever oversees the county is led to all that is late there; others to the thing itself, or to all that they hold. */
function linksOf(
  { sections, late, standing }: Pick<DigestInput, 'sections' | 'late' | 'standing'>,
  dashboardUrl: string,
  mail: string,
): Pick<DigestInput, 'listUrl' | 'mailUrl'> {
  const mailUrl = `${dashboardUrl}/app/obligations?standing=all&mail=${mail}`
  const overdueUrl = `${dashboardUrl}/app/obligations?standing=overdue`
  if (standing.county && standing.county.late.count > 0) return { listUrl: overdueUrl, mailUrl }
  const only = isOneThing({ sections, late, standing })
    ? [...sections.flatMap((e) => e.items), ...late.items][0]
    : undefined
  return { listUrl: only?.url ?? `${dashboardUrl}/app/obligations`, mailUrl }
}
