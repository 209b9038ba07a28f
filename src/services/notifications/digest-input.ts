import type { JoinedIds } from '../../domain/obligation/counted-lists.ts'
import { linesOfCheck } from '../../domain/escalation/standing-check.ts'
import type { OpenGroup } from '../../domain/obligation/standing.ts'
import { isBeside } from '../../domain/obligation/vocabulary.ts'
import type { ListedGroup } from '../obligations/open-groups.ts'
import type { Instant } from '../../domain/time/days.ts'
import { latestLast, things, withPlaces } from '../../mail/digest-order.ts'
import { isLateWork, isMine, isPressed } from '../../mail/digest-parts.ts'
import type { DigestEntry, DigestInput, LateBefore, LateItem, NextAsked } from '../../mail/digest-types.ts'
import type { AskedRow } from '../deadlines/asked-before.ts'
import type { PressingRow } from '../deadlines/late-pressing.ts'
import type { HeldWorkRow } from '../deadlines/held-work.ts'
import type { LateItemRow } from '../deadlines/late-items.ts'
import type { LetterDeps } from '../deps.ts'
import type { County } from '../people/offices.ts'
import { againOf, askedOf, LATE_LISTED, othersOf } from './asked-of.ts'
import { entriesFor, type ItemFacts, reasonsBesides, type RoundFacts } from './digest-entries.ts'
import { heldWorkOf, lateItemOf } from './digest-works.ts'
import { isTheirs, readerStanding } from './reader-standing.ts'
import { answersBefore, lateBefore, lateBesideBefore, type ToldBefore } from './told-before.ts'
import type { Reader } from './readers.ts'
import type { QueuedNotification } from './store.ts'
import { beginningOf, begunOf, reviewersOf, type Sharer, type Sharers } from './who-begins.ts'

/** All that a round is composed from, read once for all its readers. */
export type Composing = RoundFacts &
  ToldBefore &
  Sharers & {
    letters: LetterDeps
    home: County
    groups: readonly ListedGroup[]
    /** What is open behind each deadline that the round is about. */
    behind: ReadonlyMap<string, JoinedIds>
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
  const sections = entriesFor(theirs, composing).map((e) => ({
    ...e,
    again: againOf(reader, e, composing) + lateBefore(reader, e, composing),
  }))
  const { toldUpTo: told, notReached } = composing
  const before = { lateBefore: composing.lateBefore.get(reader.id) ?? null, told, notReached }
  const standing = readerStanding(reader, groups, offices, before, composing)
  const late = lateBeside(reader, sections, standing.own?.late.count ?? 0, composing)
  return {
    recipient: { name, roles, officeName, standsInFor: reader.standsInFor },
    county: home.name,
    ...{ now, round: roundAt, standing, sections, late },
    lateAgain: lateBesideBefore(reader, sections, composing),
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
  composing: ItemFacts & Sharers & Pick<Composing, 'late' | 'holders' | 'lastLetters'>,
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
  const before = composing.lastLetters.get(reader.id)
  const all = left.map((row) => {
    const again = before?.late.has(row.obligation) ? 1 : 0
    return lateItemOf(reader.id, row, beginningOf(reader, row, composing), composing, again)
  })
  const items = firstOf(all)
  return { items, more: Math.max(0, lateCount - things(told) - items.length) }
}

/** What the reader begins with comes before what a colleague does, so that none of it is left out for that. */
function firstOf(late: readonly LateItem[]): LateItem[] {
  const sorted = [...late].sort(latestLast)
  const mine = withPlaces(sorted.filter(isMine), LATE_LISTED)
  return [...mine, ...sorted.filter((item) => !isMine(item))].slice(0, LATE_LISTED)
}

/** What waits for the reader, and who shares what waits for review. */
export function waitingFor(
  reader: Sharer,
  composing: ItemFacts &
    Sharers &
    Pick<Composing, 'held' | 'answers' | 'holders' | 'lastLetters'> & { groups: readonly OpenGroup[] },
): Pick<DigestInput, 'held' | 'answers' | 'reviewers' | 'begun'> {
  const worksOf = (held: readonly HeldWorkRow[]) =>
    held
      .filter((row) => isTheirs(reader, row.office, row.person))
      .map((row) => {
        const again = isBeside(row.stage) ? answersBefore(reader, row, composing) : 0
        return heldWorkOf(reader.id, row, beginningOf(reader, row, composing), composing, again)
      })
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
