import { linesOfCheck } from '../../domain/escalation/standing-check.ts'
import type { OpenGroup } from '../../domain/obligation/standing.ts'
import type { ListedGroup } from '../obligations/open-groups.ts'
import { isPerforming } from '../../domain/obligation/turn-clocks.ts'
import { isBeside, type Stage } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import { latestLast, things } from '../../mail/digest-order.ts'
import { isLateWork, isPressed } from '../../mail/digest-parts.ts'
import type {
  AskedBefore,
  DigestEntry,
  DigestInput,
  LateBefore,
  LateItem,
  NextAsked,
} from '../../mail/digest-types.ts'
import type { AskedRow } from '../deadlines/asked-before.ts'
import { othersLate, type PressingRow } from '../deadlines/late-pressing.ts'
import type { HeldWorkRow } from '../deadlines/held-work.ts'
import type { LateItemRow } from '../deadlines/late-items.ts'
import type { LetterDeps } from '../deps.ts'
import type { County } from '../people/offices.ts'
import { entriesFor, type ItemFacts, reasonsBesides, type RoundFacts } from './digest-entries.ts'
import { askedItemOf, heldWorkOf, lateItemOf } from './digest-works.ts'
import { isTheirs, readerStanding } from './reader-standing.ts'
import type { Reader } from './readers.ts'
import type { QueuedNotification } from './store.ts'
import { beginningOf, begunOf, reviewersOf, type Sharer, type Sharers } from './who-begins.ts'

/** As many late things as a digest lists besides those of its lines. */
export const LATE_LISTED = 10

/** All that a round is composed from, read once for all its readers. */
export type Composing = RoundFacts &
  Sharers & {
    letters: LetterDeps
    home: County
    groups: readonly ListedGroup[]
    /** What is open behind each deadline that the round is about. */
    behind: ReadonlyMap<string, readonly string[]>
    late: readonly LateItemRow[]
    asked: readonly AskedRow[]
    /** What is late in the county, by deadline, with the posts that were asked to press. */
    pressing: readonly PressingRow[]
    held: readonly HeldWorkRow[]
    /** Requests and offers that wait for an answer of the readers' offices. */
    answers: readonly HeldWorkRow[]
    /** Who will be asked to press what nobody was asked to press yet, by deadline. */
    upcoming: ReadonlyMap<string, NextAsked>
    lateBefore: ReadonlyMap<string, LateBefore>
    toldUpTo: ReadonlyMap<string, string>
    notReached: readonly string[]
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
  const late = lateBeside(reader, sections, standing.own?.late.count ?? 0, composing)
  return {
    recipient: { name, roles, officeName, standsInFor: reader.standsInFor },
    county: home.name,
    ...{ now, round: roundAt, standing, sections, late },
    asked: askedOf(reader, sections, composing),
    others: othersOf(reader, sections, composing),
    ...waitingFor(reader, composing),
    urgent: theirs.every((n) => n.urgent),
    corrections: detailsOf(theirs, (kind) => kind !== 'standing-check'),
    check: detailsOf(theirs, (kind) => kind === 'standing-check').flatMap(linesOfCheck),
    why: reasonsBesides(theirs),
    appUrl: `${letters.dashboardUrl}/app`,
    mailUrl: `${letters.dashboardUrl}/app/obligations?standing=all&mail=${mail}`,
    contact: home.contact,
    trial: letters.trial,
  }
}

function detailsOf(
  notifications: readonly QueuedNotification[],
  fits: (kind: QueuedNotification['kind']) => boolean,
): string[] {
  return notifications.flatMap(({ kind, detail }) => (fits(kind) && detail !== null ? [detail] : []))
}

/** What the reader's own offices are late with and no line of this round is about: all that their number counts is in the mail. */
export function lateBeside(
  reader: Sharer & Pick<Reader, 'oversees'>,
  sections: DigestInput['sections'],
  lateCount: number,
  composing: ItemFacts & Sharers & Pick<Composing, 'late' | 'holders'>,
): DigestInput['late'] {
  const own = new Set(
    [...reader.works, ...reader.heads].map((code) => composing.offices.get(code)?.name ?? code),
  )
  // What others owe is in the lines of whoever presses them, and not in this number.
  const ofOthers = (e: DigestEntry) => isPressed(e) && (reader.oversees || !own.has(e.officeName))
  const told = sections.filter((e) => isLateWork(e) && e.kind !== 'accepted' && !ofOthers(e))
  const deadlines = new Set(told.map((e) => e.deadline))
  const left = composing.late.filter(
    (row) => isTheirs(reader, row.office, row.person) && !deadlines.has(row.deadline),
  )
  const all = left.map((row) => lateItemOf(reader.id, row, beginningOf(reader, row, composing), composing))
  const items = all.sort(ownFirst).slice(0, LATE_LISTED)
  return { items, more: Math.max(0, lateCount - things(told) - items.length) }
}

/** What the reader begins with comes before what a colleague does, so that none of it is left out for that. */
function ownFirst(a: LateItem, b: LateItem): number {
  return Number(a.begins !== null) - Number(b.begins !== null) || latestLast(a, b)
}

/** What whoever oversees the county was asked to press before, is late still, and stands in no line of this round. */
export function askedOf(
  reader: Sharer & Pick<Reader, 'oversees'>,
  sections: DigestInput['sections'],
  composing: ItemFacts & Pick<Composing, 'asked' | 'holders' | 'readers'>,
): AskedBefore {
  if (!reader.oversees) return { items: [], more: 0, red: 0, reviews: 0, answers: 0 }
  const rows = askedRowsOf(reader, sections, composing.asked)
  // The first of each list, so that a mail has an end whatever waits.
  const first = (fits: (stage: Stage) => boolean) =>
    rows.filter(({ stage }) => fits(stage)).slice(0, LATE_LISTED)
  const firsts = [first(isPerforming), first((stage) => stage === 'review'), first(isBeside)]
  const listed = new Set(firsts.flat())
  const items = rows.filter((row) => listed.has(row)).map((row) => askedItemOf(row, composing))
  // All of a deadline have its level, and were asked of the reader together.
  const asked = [...new Map(rows.map((row) => [row.deadline, row])).values()]
  const count = (of: readonly AskedRow[]) => of.reduce((sum, { behind }) => sum + behind, 0)
  const red = count(asked.filter(({ level }) => level === 'red'))
  const reviews = count(asked.filter(({ stage }) => stage === 'review'))
  const answers = count(asked.filter(({ stage }) => isBeside(stage)))
  return { items, more: count(asked) - items.length, red, reviews, answers }
}

/** What was asked of this reader and is in no line of this mail. */
export function askedRowsOf(
  reader: Sharer,
  sections: DigestInput['sections'],
  asked: readonly AskedRow[],
): AskedRow[] {
  const told = new Set(sections.map((e) => e.deadline))
  return asked.filter(
    (row) =>
      row.reader === reader.id &&
      !told.has(row.deadline) &&
      // What has become theirs to do since is in their own numbers.
      !isTheirs(reader, row.office, row.person),
  )
}

/**
 * Who sees to what is late, neither told of here nor asked of the reader before, nor theirs to perform. Of one deadline some may have
 * been asked of the reader, behind the deadline that they had before, and others not.
 */
export function othersOf(
  reader: Sharer & Pick<Reader, 'oversees'>,
  sections: DigestInput['sections'],
  { asked, pressing, upcoming }: Pick<Composing, 'asked' | 'pressing' | 'upcoming'>,
): DigestInput['others'] {
  const told = new Set(sections.map((e) => e.deadline))
  const behind = new Map(askedRowsOf(reader, sections, asked).map((row) => [row.deadline, row.behind]))
  const others = pressing
    .filter(({ deadline, office, person }) => !told.has(deadline) && !isTheirs(reader, office, person))
    .map((row) => {
      // What was asked of somebody is among what somebody presses.
      const taken = row.audiences === null ? 0 : Math.min(row.count, behind.get(row.deadline) ?? 0)
      behind.set(row.deadline, (behind.get(row.deadline) ?? 0) - taken)
      return { ...row, count: row.count - taken }
    })
  return othersLate(reader.oversees ? others.filter(({ count }) => count > 0) : [], upcoming)
}

/** What waits for the reader, and who shares what waits for review. */
export function waitingFor(
  reader: Sharer,
  composing: ItemFacts &
    Sharers &
    Pick<Composing, 'held' | 'answers' | 'holders'> & { groups: readonly OpenGroup[] },
): Pick<DigestInput, 'held' | 'answers' | 'reviewers' | 'begun'> {
  const worksOf = (held: readonly HeldWorkRow[]) =>
    held
      .filter((row) => isTheirs(reader, row.office, row.person))
      .map((row) => heldWorkOf(reader.id, row, beginningOf(reader, row, composing), composing))
  const held = worksOf(composing.held)
  return {
    held: {
      review: held.filter(({ stage }) => stage === 'review'),
      perform: held.filter(({ stage }) => stage !== 'review'),
    },
    answers: worksOf(composing.answers),
    reviewers: reviewersOf(reader, composing),
    begun: begunOf(reader, composing),
  }
}
