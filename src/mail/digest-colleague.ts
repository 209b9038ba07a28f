import type { RunningCode } from '../domain/obligation/clock-status.ts'
import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import type { Lateness } from '../domain/obligation/worst-offices.ts'
import { countFact, things } from './digest-order.ts'
import { countedParts, firstOf, isLateWork, onlyPresses, ownOfficesOf, partsOf } from './digest-parts.ts'
import type { DigestEntry, DigestInput, LateItem } from './digest-types.ts'
import { flat } from './flat.ts'

type Lines = Pick<DigestInput, 'sections' | 'recipient' | 'standing' | 'late' | 'held'>

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

/** How much of what is late the reader is to begin with; colleagues see to the rest. */
export function lateLeft(input: Lines): Pick<Lateness, 'count' | 'red'> {
  const { late = { count: 0, red: 0 } } = input.standing.own ?? {}
  const theirs = onlyPresses(input) ? pressedByColleague(input) : lateByColleague(input)
  return { count: Math.max(0, late.count - theirs.count), red: Math.max(0, late.red - theirs.red) }
}

/** What is late in the town and another of its heads presses first; work of other offices is not in its number. */
function pressedByColleague(input: Lines): Pick<Lateness, 'count' | 'red'> {
  const own = ownOfficesOf(input)
  const lines = countedParts(input).standBy.filter((e) => isLateWork(e) && own.includes(e.officeName))
  return { count: things(lines), red: things(lines.filter(isRed)) }
}

/** What a colleague is late with: in the lines of the mail, and told before. */
function lateByColleague(input: Lines): Pick<Lateness, 'count' | 'red'> {
  const lines = begunByColleague(input).filter(isLateWork)
  const { items, more } = lateBesideOfColleague(input)
  return {
    count: things(lines) + items.length + more,
    red: things(lines.filter(isRed)) + items.filter(isRed).length,
  }
}

function isRed({ level }: Pick<LateItem, 'level'>): boolean {
  return level === 'red'
}

/** The reader's own is listed first: where something of a colleague is listed, all that is not is a colleague's too. */
export function lateBesideOfColleague({ late }: Pick<Lines, 'late'>): DigestInput['late'] {
  const items = late.items.filter(({ begins }) => begins !== null)
  return { items, more: items.length > 0 ? late.more : 0 }
}

/** How much of what falls due so soon a colleague begins with and no line is about. */
export function heldByColleague({ held, sections }: Lines, code: RunningCode): number {
  const told = new Set(sections.map((e) => e.deadline))
  return held.perform
    .filter(({ begins, clock, deadline }) => begins !== null && clock.code === code && !told.has(deadline))
    .reduce((sum, { count }) => sum + count, 0)
}

/** Behind the number of what is late a part of it, else a number of its own. */
export function lateColleagueFacts(input: Lines): string[] {
  const isPart = lateLeft(input).count > 0
  return countFact(isPart ? '其中同事先办理' : '同事先办理逾期', lateByColleague(input).count)
}

export function colleagueFacts(input: Lines): string[] {
  const lines = begunByColleague(input).filter((e) => !isLateWork(e))
  const another = lateByColleague(input).count > 0 ? '另由' : ''
  return countFact(`${another}同事先办理`, things(lines) + soonByColleague(input))
}

/** Who begins with what the reader does not, and how much of it is to be done besides reviews. */
export function colleagueWork(input: Lines): { names: string[]; count: number } {
  const lines = begunByColleague(input)
  const { items, more } = lateBesideOfColleague(input)
  const begins = [...lines.map((e) => firstOf(e)?.name), ...items.map((item) => item.begins)]
  const held = input.held.perform.map((work) => work.begins)
  return {
    names: [...new Set([...begins, ...held].flatMap((name) => name ?? []))].map(flat),
    count: things(lines) + items.length + more + soonByColleague(input),
  }
}

function soonByColleague(input: Lines): number {
  return heldByColleague(input, 'due-today') + heldByColleague(input, 'due-soon')
}
