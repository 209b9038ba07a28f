import type { WaitingStanding } from '../domain/obligation/standing.ts'
import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import type { Lateness } from '../domain/obligation/worst-offices.ts'
import { countFact, countOf, things } from './digest-order.ts'
import {
  countedParts,
  firstOf,
  isLate,
  isLateWork,
  isMine,
  onlyPresses,
  ownOfficesOf,
  partsOf,
} from './digest-parts.ts'
import type { DigestEntry, DigestInput, HeldWork, LateItem } from './digest-types.ts'
import { flat } from './flat.ts'

type Lines = Pick<DigestInput, 'sections' | 'recipient' | 'standing' | 'late' | 'held' | 'answers' | 'begun'>

/** What of the reviews the reader begins with; null where there is none. */
export function ownReviews({
  standing: { review },
  reviewers: { firsts, own },
}: Pick<DigestInput, 'standing' | 'reviewers'>): WaitingStanding | null {
  const mine = firsts.length === 0 ? review : own
  return mine && mine.waiting > 0 ? mine : null
}

/** How many of them somebody else begins with. */
export function theirReviews(input: Pick<DigestInput, 'standing' | 'reviewers'>) {
  const { waiting, late } = input.standing.review ?? { waiting: 0, late: 0 }
  const own = ownReviews(input) ?? { waiting: 0, late: 0 }
  return { waiting: waiting - own.waiting, late: late - own.late }
}

/** What of it the reader begins with: all but what somebody of the same role does first. */
export function begunByReader(entries: readonly DigestEntry[]): DigestEntry[] {
  return entries.filter((e) => !firstOf(e))
}

/** What is to be done and a colleague begins with. Reviews are told with all that waits for one. */
export function begunByColleague(input: Pick<Lines, 'sections' | 'recipient' | 'standing'>): DigestEntry[] {
  const parts = partsOf(input)
  const own = new Set(parts.do.map((e) => e.deadline))
  return parts['do-second'].filter((e) => !own.has(e.deadline) && e.stage !== 'review')
}

/** The same of what is performed, since only that is counted as late or due in the reader's offices. */
export function performedByColleague(input: Pick<Lines, 'sections' | 'recipient' | 'standing'>) {
  return begunByColleague(input).filter(({ stage }) => isPerforming(stage))
}

/** Answers that are waited for and no line of the mail is about: told before, they are the reader's still. A head presses what is late of them. */
export function answersBeside(input: Pick<Lines, 'sections' | 'answers' | 'recipient'>): HeldWork[] {
  const told = new Set(input.sections.map((e) => e.deadline))
  const left = input.answers.filter(({ deadline }) => !told.has(deadline))
  return onlyPresses(input) ? left.filter((work) => isLate({ due: work })) : left
}

/** How much of what is late the reader is to begin with; colleagues see to the rest. */
export function lateLeft(input: Lines): Pick<Lateness, 'count' | 'red'> {
  const { late = { count: 0, red: 0 } } = input.standing.own ?? {}
  const theirs = lateByColleague(input)
  return { count: Math.max(0, late.count - theirs.count), red: Math.max(0, late.red - theirs.red) }
}

/** What a colleague is late with, or another head of the town presses first: in the lines of the mail, and told before. */
function lateByColleague(input: Lines): Pick<Lateness, 'count' | 'red'> {
  const lines = onlyPresses(input) ? pressedByColleague(input) : begunByColleague(input).filter(isLateWork)
  const { items, more } = lateBesideOfColleague(input)
  return {
    count: things(lines) + items.length + more,
    red: things(lines.filter(isRed)) + items.filter(isRed).length,
  }
}

/** What is late in the town and another of its heads presses first; work of other offices is not in its number. */
function pressedByColleague(input: Lines): DigestEntry[] {
  const own = ownOfficesOf(input)
  return countedParts(input).standBy.filter((e) => isLateWork(e) && own.includes(e.officeName))
}

function isRed({ level }: Pick<LateItem, 'level'>): boolean {
  return level === 'red'
}

/** The reader's own is listed first: where something of a colleague is listed, all that is not is a colleague's too. */
export function lateBesideOfColleague({ late }: Pick<Lines, 'late'>): DigestInput['late'] {
  const items = late.items.filter((item) => !isMine(item))
  return { items, more: items.length > 0 ? late.more : 0 }
}

/** Everything that another head presses before the reader: in the lines, and what is late in the town and was told before. */
export function standByWork(input: Lines): { names: string[]; count: number } {
  const { standBy } = countedParts(input)
  const { items, more } = onlyPresses(input) ? lateBesideOfColleague(input) : { items: [], more: 0 }
  const answers = onlyPresses(input) ? answersBeside(input).filter((work) => !isMine(work)) : []
  const begins = [
    ...standBy.map((e) => firstOf(e)?.name ?? null),
    ...[...items, ...answers].map((work) => work.begins),
  ]
  return { names: namesOf(begins), count: things(standBy) + items.length + more + countOf(answers) }
}

/** How much of what falls due so soon a colleague begins with and no line is about, read or only counted. */
export function heldByColleague(input: Lines, code: 'due-today' | 'due-soon'): number {
  const told = new Set(input.sections.map((e) => e.deadline))
  const read = input.held.perform.filter(
    (work) => !isMine(work) && work.clock.code === code && !told.has(work.deadline),
  )
  const { begun, standing } = input
  if (begun === null || standing.own === null) return countOf(read)
  const which = code === 'due-today' ? 'dueToday' : 'dueSoon'
  const lines = performedByColleague(input).filter((e) => e.due?.clock.code === code)
  return Math.max(countOf(read), standing.own[which] - begun[which] - things(lines))
}

/** Behind the number of what is late a part of it, else a number of its own. What another head presses is told with all that they do. */
export function lateColleagueFacts(input: Lines): string[] {
  if (onlyPresses(input)) return []
  const isPart = lateLeft(input).count > 0
  return countFact(isPart ? '其中同事先办理' : '同事先办理逾期', lateByColleague(input).count)
}

/** What else a colleague begins with; an answer among it may be late. */
export function colleagueFact(input: Lines): { words: string[]; isLate: boolean } {
  const lines = begunByColleague(input).filter((e) => !isLateWork(e))
  const another = !onlyPresses(input) && lateByColleague(input).count > 0 ? '另由' : ''
  const count = things(lines) + heldApart(input)
  const late =
    things(lines.filter(isLate)) + (onlyPresses(input) ? 0 : countOf(lateAnswersOfColleague(input)))
  const part = late === 0 ? '' : late === count ? '(已逾期)' : `(${late} 件已逾期)`
  return { words: countFact(`${another}同事先办理`, count).map((words) => words + part), isLate: late > 0 }
}

function lateAnswersOfColleague(input: Lines): HeldWork[] {
  return answersBeside(input).filter((work) => !isMine(work) && isLate({ due: work }))
}

/** Who begins with what the reader does not, and how much of it is to be done besides reviews, or is late; a head only presses. */
export function colleagueWork(input: Lines): { names: string[]; count: number; late: number } {
  const lines = begunByColleague(input)
  const begins = lines.map((e) => firstOf(e)?.name ?? null)
  const late = things(lines.filter(isLate))
  if (onlyPresses(input)) return { names: namesOf(begins), count: things(lines), late }
  const { items, more } = lateBesideOfColleague(input)
  const answers = answersBeside(input)
  const works = [...items, ...input.held.perform, ...answers]
  return {
    names: namesOf([...begins, ...works.map((work) => work.begins)]),
    count: things(lines) + items.length + more + heldApart(input),
    late: late + items.length + more + countOf(lateAnswersOfColleague(input)),
  }
}

/** What a colleague begins with and no line is about: what falls due soon, and answers. A head does none of it. */
function heldApart(input: Lines): number {
  if (onlyPresses(input)) return 0
  const answers = answersBeside(input).filter((work) => !isMine(work))
  return heldByColleague(input, 'due-today') + heldByColleague(input, 'due-soon') + countOf(answers)
}

function namesOf(begins: readonly (string | null)[]): string[] {
  return [...new Set(begins.flatMap((name) => name ?? []))].map(flat)
}
