import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import type { Lateness } from '../domain/obligation/worst-offices.ts'
import { countFact, things } from './digest-order.ts'
import { firstOf, isLateWork, partsOf } from './digest-parts.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

type Lines = Pick<DigestInput, 'sections' | 'recipient' | 'standing'>

/** What of it the reader begins with: all but what somebody of the same role does first. */
export function begunByReader(entries: readonly DigestEntry[]): DigestEntry[] {
  return entries.filter((e) => !firstOf(e))
}

/** What is to be done and a colleague begins with. Reviews are told with all that waits for one. */
export function begunByColleague(input: Lines): DigestEntry[] {
  const lines = partsOf(input).do
  const own = new Set(begunByReader(lines).map((e) => e.deadline))
  return lines.filter((e) => firstOf(e) && !own.has(e.deadline) && e.stage !== 'review')
}

/** The same of what is performed, since only that is counted as late or due in the reader's offices. */
export function performedByColleague(input: Lines): DigestEntry[] {
  return begunByColleague(input).filter(({ stage }) => isPerforming(stage))
}

/** How much of what is late the reader is to begin with; colleagues see to the rest. */
export function lateLeft(input: Lines): Pick<Lateness, 'count' | 'red'> {
  const { late = { count: 0, red: 0 } } = input.standing.own ?? {}
  const theirs = begunByColleague(input).filter(isLateWork)
  const red = things(theirs.filter(({ level }) => level === 'red'))
  return { count: Math.max(0, late.count - things(theirs)), red: Math.max(0, late.red - red) }
}

/** Behind the number of what is late a part of it, else a number of its own. */
export function lateColleagueFacts(input: Lines): string[] {
  const late = (input.standing.own?.late.count ?? 0) > 0
  return countFact(`${late ? '其中' : ''}同事先办理`, things(begunByColleague(input).filter(isLateWork)))
}

export function colleagueFacts(input: Lines): string[] {
  const theirs = begunByColleague(input)
  const another = theirs.some(isLateWork) ? '另由' : ''
  return countFact(`${another}同事先办理`, things(theirs.filter((e) => !isLateWork(e))))
}

/** `3 件由赵某先办理,您一并知晓` */
export function colleagueWords(input: Lines): string[] {
  const theirs = begunByColleague(input)
  const names = [...new Set(theirs.flatMap((e) => firstOf(e)?.name ?? []))].map(flat).join('、')
  return theirs.length > 0 ? [`${things(theirs)} 件由${names}先办理,您一并知晓`] : []
}
