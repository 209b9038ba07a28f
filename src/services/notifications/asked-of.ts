import { isPerforming } from '../../domain/obligation/turn-clocks.ts'
import { isBeside, type Stage } from '../../domain/obligation/vocabulary.ts'
import { isPressed } from '../../mail/digest-parts.ts'
import type { AskedBefore, DigestEntry, DigestInput, NextAsked } from '../../mail/digest-types.ts'
import type { AskedRow } from '../deadlines/asked-before.ts'
import { othersLate, type PressingRow } from '../deadlines/late-pressing.ts'
import { askedItemOf, type HolderFacts } from './digest-works.ts'
import { isTheirs } from './reader-standing.ts'
import type { Reader } from './readers.ts'
import type { Sharer } from './who-begins.ts'

/** As many late things as a digest lists besides those of its lines. */
export const LATE_LISTED = 10

type Asked = { asked: readonly AskedRow[] }
type Others = { pressing: readonly PressingRow[]; upcoming: ReadonlyMap<string, NextAsked> }

/** What whoever oversees the county was asked to press before, is late still, and stands in no line of this round. */
export function askedOf(
  reader: Sharer & Pick<Reader, 'oversees'>,
  sections: DigestInput['sections'],
  composing: HolderFacts & Asked,
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

/** How many things of a line an earlier mail asked whoever oversees the county to press, behind the deadline that they have now. */
export function againOf(
  { id, oversees }: Pick<Reader, 'id' | 'oversees'>,
  { kind, deadline, count }: Pick<DigestEntry, 'kind' | 'deadline' | 'count'>,
  { asked }: Asked,
): number {
  if (!oversees || !isPressed({ kind }) || kind === 'copied') return 0
  const before = asked.find((row) => row.reader === id && row.deadline === deadline)
  return Math.min(count, before?.behind ?? 0)
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
  { asked, pressing, upcoming }: Asked & Others,
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
