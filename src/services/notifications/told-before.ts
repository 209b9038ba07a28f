import type { JoinedIds } from '../../domain/obligation/counted-lists.ts'
import { isPerforming } from '../../domain/obligation/turn-clocks.ts'
import { isBeside } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import { isLate, isLateWork, isPressed, onlyPresses } from '../../mail/digest-parts.ts'
import type { DigestEntry } from '../../mail/digest-types.ts'
import type { HeldWorkRow } from '../deadlines/held-work.ts'
import type { DeadlineRow } from '../deadlines/store.ts'
import type { ListedGroup } from '../obligations/open-groups.ts'
import type { LastLetter } from './last-letters.ts'
import { isTheirs } from './reader-standing.ts'
import type { Reader } from './readers.ts'
import { beginsBefore, type Sharer, type Sharers } from './who-begins.ts'

/** The last letters of those who only head a town. */
export type ToldBefore = { lastLetters: ReadonlyMap<string, LastLetter> }

/** Whoever only heads a town reads of all that is late there in each letter, so the last one says what they knew. */
export function readsByTown({ roles, oversees }: Pick<Reader, 'roles' | 'oversees'>): boolean {
  return onlyPresses({ recipient: { roles } }) && !oversees
}

const NOTHING: ReadonlySet<string> = new Set()
type Line = Pick<DigestEntry, 'kind' | 'deadline' | 'stage' | 'due' | 'count'>
type Behind = { behind: ReadonlyMap<string, JoinedIds>; deadlines: ReadonlyMap<string, DeadlineRow> }

/** How much of a line about what is late in the town of a head their last letter told as late. */
export function lateBefore(
  { id, heads }: Pick<Reader, 'id' | 'heads'>,
  { kind, deadline, stage, due, count }: Line,
  { lastLetters, behind, deadlines }: ToldBefore & Behind,
): number {
  const last = lastLetters.get(id)
  const of = deadlines.get(deadline)
  if (!last || !of || !isPressed({ kind }) || !isLate({ due }) || !heads.has(of.office)) return 0
  // An answer was asked of them with its day, which had gone by when the letter was written.
  const told = isBeside(stage) ? (of.dueAt <= last.at ? last.answers : NOTHING) : last.late
  return Math.min(count, idsIn(behind.get(deadline)).filter((id) => told.has(id)).length)
}

/** How many of the answers behind a deadline were late in the last letter. */
export function answersBefore(
  { id, heads }: Pick<Reader, 'id' | 'heads'>,
  { office, dueAt, obligations }: Pick<HeldWorkRow, 'office' | 'dueAt' | 'obligations'>,
  { lastLetters }: ToldBefore,
): number {
  const last = lastLetters.get(id)
  if (!last || !heads.has(office) || dueAt > last.at) return 0
  return idsIn(obligations).filter((id) => last.answers.has(id)).length
}

/** How much of what is late, in no line of this mail, and the reader's to begin with, their last letter told as late. */
export function lateBesideBefore(
  reader: Sharer,
  sections: readonly DigestEntry[],
  facts: ToldBefore & Sharers & { groups: readonly ListedGroup[]; behind: Behind['behind']; now: Instant },
): number {
  const last = facts.lastLetters.get(reader.id)
  if (!last) return 0
  const told = sections.filter((e) => isLateWork(e) && e.kind !== 'accepted')
  const inLines = new Set(told.flatMap(({ deadline }) => idsIn(facts.behind.get(deadline))))
  const isMine = ({ holderOffice: office, holderPerson: person }: ListedGroup) =>
    isTheirs(reader, office, person) && beginsBefore(reader, { office, person }, facts) === null
  const late = facts.groups.filter((g) => isPerforming(g.stage) && g.dueAt <= facts.now && isMine(g))
  return late
    .flatMap(({ obligations }) => idsIn(obligations))
    .filter((id) => last.late.has(id) && !inLines.has(id)).length
}

function idsIn(joined: JoinedIds | undefined): string[] {
  return joined === undefined || joined === '' ? [] : joined.split(',')
}
