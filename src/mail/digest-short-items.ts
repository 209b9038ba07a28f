import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import { isBeside } from '../domain/obligation/vocabulary.ts'
import { nameOf, ROWS } from './digest-entry-view.ts'
import { dueWords, pastDue } from './digest-lines.ts'
import { workUrl } from './digest-links.ts'
import { countOf, distinctDeadlines, things } from './digest-order.ts'
import { partsOf } from './digest-parts.ts'
import { restsOf, type RestWork } from './digest-rest.ts'
import type { Counted } from './digest-standing.ts'
import type { DigestEntry, DigestInput, HeldWork } from './digest-types.ts'
import { flat, webUrl } from './flat.ts'

/** The first things of a sentence, and how many more stand above or in its list. */
export type ShortItems = { items: ShortItem[]; rest: string }
type ShortItem = { words: string; url: string }
/** More in short than this would be the list itself. */
const SHORT = 3

/** The first few things that a sentence counts and no line of the mail is about. */
export function shortItems(counted: Counted, input: DigestInput, year: number): ShortItems {
  const fitting = heldBy(counted, input)
  const listed = new Set<RestWork>(Object.values(restsOf(input)).flatMap((rest) => rest.shown))
  const inLines = new Set(input.sections.map((e) => e.deadline))
  const left = fitting.filter((work) => !listed.has(work) && !inLines.has(work.deadline))
  const shown = left.slice(0, SHORT)
  // A line has all of its deadline; what was read of that beside it is not counted once more.
  const above = things(linesCounted(counted, input)) + countOf(fitting.filter((work) => listed.has(work)))
  const rest = shown.length > 0 ? countedIn(counted, input) - countOf(shown) - above : 0
  return {
    items: shown.map((work) => shortItem(work, workUrl(input, work), input.recipient.officeName, year)),
    rest: restWords(above, rest),
  }
}

/** The lines that are shown of what a sentence counts, the reader's and a colleague's; each deadline once. */
function linesCounted(counted: Counted, input: DigestInput): DigestEntry[] {
  const parts = partsOf(input)
  const shown = [parts.do, parts['do-second'], parts.remind].flatMap((lines) => lines.slice(0, ROWS))
  const lines = distinctDeadlines(shown)
  return lines.filter(({ due, stage }) => {
    if (due === null) return false
    if (counted === 'review' || counted === 'extension' || counted === 'hand-over') return stage === counted
    return (
      isPerforming(stage) &&
      (due.clock.code === counted || (counted === 'in-hand' && due.clock.code === 'not-due'))
    )
  })
}

/** `另 3 件列在上面;其余 24 件见列表` */
function restWords(above: number, rest: number): string {
  const words = [
    ...(above > 0 ? [`另 ${above} 件列在上面`] : []),
    ...(rest > 0 ? [`其余 ${rest} 件见列表`] : []),
  ]
  return rest > 0 ? words.join(';') : ''
}

/** How many a sentence counts of what `heldBy` names the first of. */
function countedIn(counted: Counted, { standing: { own, review }, answers }: DigestInput): number {
  if (counted === 'review') return review?.waiting ?? 0
  if (counted === 'extension' || counted === 'hand-over')
    return countOf(answers.filter(({ stage }) => stage === counted))
  if (own === null) return 0
  if (counted === 'due-today') return own.dueToday
  if (counted === 'due-soon') return own.dueSoon
  return counted === 'in-hand' ? own.inHand - own.late.count : 0
}

/** What was read of what a sentence counts; first due first. */
export function heldBy(counted: Counted, { held, answers, standing }: DigestInput): readonly HeldWork[] {
  const ofCode = (code: string) => held.perform.filter(({ clock }) => clock.code === code)
  if (counted === 'review') return held.review
  if (counted === 'extension' || counted === 'hand-over')
    return answers.filter(({ stage }) => stage === counted)
  if (counted === 'due-today' || counted === 'due-soon') return ofCode(counted)
  // What is due later is named only where nothing sooner is: a mail is no list.
  const nothingSooner = standing.own && standing.own.dueToday + standing.own.dueSoon === 0
  return counted === 'in-hand' && nothingSooner ? ofCode('not-due') : []
}

function shortItem(work: HeldWork, url: string, ownOffice: string, year: number): ShortItem {
  const { officeName, label, count, item, dueOn, provisional } = work
  const words = dueWords(dueOn, year, provisional)
  const day =
    work.clock.code === 'overdue' ? pastDue(words, isBeside(work.stage) ? '答复' : '办完') : `${words}到期`
  const where = officeName === ownOffice ? '' : officeName
  const what = count === 1 ? nameOf(item, label) : `${count} 件`
  const parts = [where, label, what, day].filter((part) => part !== '')
  return { words: flat(parts.join(' ')), url: webUrl(count === 1 ? item.url : url) }
}
