import { dayOf } from '../domain/time/days.ts'
import { dayWords, dueWords, pastDue } from './digest-lines.ts'
import { overdueUrl, ownUrl, reviewUrl } from './digest-links.ts'
import { countedParts, isLateWork } from './digest-parts.ts'
import { things } from './digest-order.ts'
import { askedPosts, reviewSharing } from './digest-people.ts'
import { restOf } from './digest-rest.ts'
import { type Counted, redWords, standingSentences } from './digest-standing.ts'
import type { DigestInput, HeldWork } from './digest-types.ts'
import { flat, webUrl } from './flat.ts'

/** A sentence that leads to the list it counts, with the first few things of it. */
export type StandingView = { words: string; url: string; remark: string; items: ShortItem[]; rest: string }
type ShortItem = { words: string; url: string }
/** More in short than this would be the list itself. */
const SHORT = 3

export function standingViews(input: DigestInput): StandingView[] {
  const year = Number(dayOf(input.now).slice(0, 4))
  return standingSentences(input.standing, year).map(({ counted, words }) => {
    const url = urlOf(counted, input)
    return {
      words: flat(words),
      url: url === '' ? '' : webUrl(url),
      remark: remarkOf(counted, input, year),
      ...shortItems(counted, input, year),
    }
  })
}

function urlOf(counted: Counted, input: DigestInput): string {
  switch (counted) {
    case 'review':
      return reviewUrl(input)
    case 'late':
      return ownUrl(input, { standing: 'overdue' })
    case 'due-today':
      return ownUrl(input, { standing: 'due-today' })
    case 'due-soon':
    case 'in-hand':
      return ownUrl(input, { standing: 'to-perform' })
    case 'in-review':
      return ownUrl(input, { standing: 'in-review' })
    case 'county-late':
      return overdueUrl(input)
    case 'nothing':
      return ''
  }
}

/** Who shares it, or what of it the reader is asked to press. */
function remarkOf(counted: Counted, input: DigestInput, year: number): string {
  if (counted === 'county-late') return splitWords(input, year)
  return [...seeBelow(counted, input), ...(counted === 'review' ? [reviewSharing(input)] : [])]
    .filter((words) => words !== '')
    .join(';')
}

/** What a sentence counts is all in the lines of the mail. */
function seeBelow(counted: Counted, input: DigestInput): string[] {
  const told = listedBelow(input)
  const held = heldBy(counted, input)
  const isAllTold = held.length > 0 && held.every((work) => told.has(work.deadline))
  return isAllTold && counts(held) >= countOf(counted, input.standing) ? ['见下面所列'] : []
}

/** Of all that is late: what this mail asks, what an earlier one asked, and who sees to the rest. */
function splitWords(input: DigestInput, year: number): string {
  const { press, standBy, know } = countedParts(input)
  const late = (entries: typeof press) => things(entries.filter(isLateWork))
  const asked = input.asked.items.length + input.asked.more
  const left = input.standing.county!.late.count - late([...press, ...standBy, ...know]) - asked
  const words = [
    ...countWords('本信请您督促', late(press)),
    ...countWords('同事先督促', late(standBy)),
    ...countWords(`已请${askedPosts(know.filter(isLateWork))}督促`, late(know)),
    ...(asked > 0 ? [askedWords(input, year)] : []),
  ]
  if (left <= 0) return words.length > 1 ? `其中${words.join(',')}` : ''
  const others = othersWords(input.others, left)
  if (words.length === 0) return others === '' ? '' : `这 ${left} 件${others}`
  return `其中${words.join(',')};其余 ${left} 件${others === '' ? '见列表' : others}`
}

/** `已分别请镇分管领导督促,不需您再督促`, or that of 5 件 beside `还没有请人督促 2 件`: who sees to what this reader does not press. */
function othersWords({ pressed, posts, unpressed }: DigestInput['others'], left: number): string {
  // What changed while the mail was written would make a false sum.
  if (pressed + unpressed !== left) return ''
  // The reader's own post may be among them: a colleague was asked, or an earlier mail that another has followed.
  const asked = `已分别请${posts.join('、') || '他人'}督促,不需您再督促`
  if (unpressed === 0) return asked
  return pressed === 0 ? NOT_YET : `:${pressed} 件${asked},${unpressed} 件${NOT_YET}`
}

const NOT_YET = '还没有请人督促'

/** `请您继续督促 1 件(红色 1 件):6月15日已请过您,仍未办结` */
export function askedWords({ asked }: Pick<DigestInput, 'asked'>, year: number): string {
  const count = asked.items.length + asked.more
  const { red, days } = asked
  const when = days.length === 1 ? dayWords(days[0]!, year) : '此前'
  const which = count === 1 && red === 1 ? '1 件(红色)' : `${count} 件${redWords(red)}`
  return `请您继续督促 ${which}:${when}已请过您,仍未办结`
}

/** The first few things that a sentence counts and no line of the mail is about. */
function shortItems(
  counted: Counted,
  input: DigestInput,
  year: number,
): Pick<StandingView, 'items' | 'rest'> {
  const told = listedBelow(input)
  const fitting = heldBy(counted, input)
  const left = fitting.filter((work) => !told.has(work.deadline))
  const shown = left.slice(0, SHORT)
  const named = [...shown, ...fitting.filter((work) => told.has(work.deadline))]
  // Not all that is counted was read.
  const rest = shown.length > 0 ? countOf(counted, input.standing) - counts(named) : 0
  return {
    items: shown.map((work) => shortItem(work, urlOf(counted, input), input.recipient.officeName, year)),
    rest: restWords(counts(named) - counts(shown), rest),
  }
}

/** `另 3 件列在下面;其余 24 件见列表` */
function restWords(below: number, rest: number): string {
  const words = [
    ...(below > 0 ? [`另 ${below} 件列在下面`] : []),
    ...(rest > 0 ? [`其余 ${rest} 件见列表`] : []),
  ]
  return rest > 0 ? words.join(';') : ''
}

/** The deadlines of the lines of the mail, and of what is listed with them. */
function listedBelow(input: DigestInput): Set<string> {
  const listed = restOf(input).shown.flatMap((work) => ('item' in work ? [work.deadline] : []))
  return new Set([...input.sections.map((e) => e.deadline), ...listed])
}

function counts(works: readonly HeldWork[]): number {
  return works.reduce((sum, { count }) => sum + count, 0)
}

/** How many a sentence counts of what `heldBy` names the first of. */
function countOf(counted: Counted, { own, review }: DigestInput['standing']): number {
  if (counted === 'review') return review?.waiting ?? 0
  if (own === null) return 0
  if (counted === 'due-today') return own.dueToday
  if (counted === 'due-soon') return own.dueSoon
  return counted === 'in-hand' ? own.inHand - own.late.count : 0
}

function heldBy(counted: Counted, { held, standing }: DigestInput): readonly HeldWork[] {
  const ofCode = (code: string) => held.perform.filter(({ clock }) => clock.code === code)
  if (counted === 'review') return held.review
  if (counted === 'due-today' || counted === 'due-soon') return ofCode(counted)
  // What is due later is named only where nothing sooner is: a mail is no list.
  const nothingSooner = standing.own && standing.own.dueToday + standing.own.dueSoon === 0
  return counted === 'in-hand' && nothingSooner ? ofCode('not-due') : []
}

function shortItem(work: HeldWork, url: string, ownOffice: string, year: number): ShortItem {
  const { officeName, label, count, item, dueOn, provisional } = work
  const words = dueWords(dueOn, year, provisional)
  const day = work.clock.code === 'overdue' ? pastDue(words) : `${words}到期`
  const where = officeName === ownOffice ? '' : officeName
  const what = count === 1 ? (item.externalId ?? `「${item.title}」`) : `${count} 件`
  const parts = [where, label, what, day].filter((part) => part !== '')
  return { words: flat(parts.join(' ')), url: webUrl(count === 1 ? item.url : url) }
}

function countWords(label: string, count: number): string[] {
  return count > 0 ? [`${label} ${count} 件`] : []
}
