import type { Lateness } from '../domain/obligation/worst-offices.ts'
import { answersBeside, lateLeft } from './digest-colleague.ts'
import { countsOf, freshness, isParted, type Told } from './digest-fresh.ts'
import { distinctDeadlines, things } from './digest-order.ts'
import { countedParts, isLateWork, isMine, onlyPresses, ownOfficesOf } from './digest-parts.ts'
import { restsOf } from './digest-rest.ts'
import { lateCount, lateLength } from './digest-standing.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'

/** What of all that the reader is asked to press is new in this letter, and what was told before. */
export function toldOfPressed(input: DigestInput): Told {
  if (!isTown(input)) return countsOf(freshness(input))
  const lines = distinctDeadlines(countedParts(input).press)
  return partsOf(things(lines) + restsOf(input).press.count, againIn(lines) + againBeside(input))
}

/** The same of what is late in the town of a head and theirs to press; all of it counts as new to everybody else. @param count all of it */
export function toldOfLate(input: DigestInput, count: number): Told {
  if (!isTown(input)) return partsOf(count, 0)
  const own = ownOfficesOf(input)
  const lines = countedParts(input).press.filter((e) => isLateWork(e) && own.includes(e.officeName))
  return partsOf(count, againIn(distinctDeadlines(lines)) + input.lateAgain)
}

/** All that is late in an office, of which a part may be a colleague's; a head reads how much they are to press, and how much of that is new. */
export function ownLateFacts(input: DigestInput, late: Lateness): string[] {
  const mine = lateLeft(input)
  const told = toldOfLate(input, mine.count)
  const fresh = isParted(told) ? [`其中新增 ${told.fresh} 件`] : []
  const isAll = !onlyPresses(input) || mine.count === late.count
  return isAll ? [lateCount(late), ...fresh, ...lateLength(late)] : [lateCount(mine), ...fresh]
}

/** Of whoever oversees the county besides, nothing of the town is told apart. */
function isTown(input: DigestInput): boolean {
  return onlyPresses(input) && input.standing.county === null
}

function againIn(lines: readonly DigestEntry[]): number {
  return lines.reduce((sum, { again }) => sum + again, 0)
}

/** What stands in no line: late work, and late answers. */
function againBeside(input: DigestInput): number {
  const answers = answersBeside(input).filter(isMine)
  return answers.reduce((sum, { again }) => sum + again, input.lateAgain)
}

function partsOf(count: number, again: number): Told {
  const told = Math.min(count, again)
  return { fresh: count - told, again: told }
}
