import { lateLeft, standByWork } from './digest-colleague.ts'
import { nameOf } from './digest-entry-view.ts'
import { askedBefore, countsOf, freshness, isParted, partedFacts } from './digest-fresh.ts'
import { byUrgency, countFact, distinctDeadlines, things, type Urgent } from './digest-order.ts'
import { countedParts, isLateWork, isOwnAnswer, ownOfficesOf } from './digest-parts.ts'
import { askOf } from './digest-passed-on.ts'
import { askedPosts, holderWord, personView, type PersonView, viewsOf } from './digest-people.ts'
import { urgencyOf } from './digest-rest.ts'
import type { AskedItem, DigestEntry, DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

/** One fact of a subject, with the tag that belongs to it. */
export type Fact = { tag: string; words: string }
/** The one to press before all others. `late`: working days; `people`: whom to telephone. */
export type FirstPressed = Urgent & {
  office: string
  what: string
  name: string
  late: number
  url: string
  people: PersonView[]
}
/** Everything the reader is to press and no number of their own office counts. */
export type Pressing = { count: number; red: number; reviews: number; first: FirstPressed; ask: string }

/** Null where there is nothing to press. What an earlier mail asked and what is asked now are one number. */
export function pressingOf(input: DigestInput): Pressing | null {
  const lines = distinctDeadlines(pressedApart(input))
  const { items, more, red, reviews } = askedBefore(input)
  const [first] = [...lines.map(firstOfLine), ...items.map(firstOfAsked)].sort(byUrgency)
  if (!first) return null
  return {
    count: things(lines) + items.length + more,
    red: things(lines.filter(({ level }) => level === 'red')) + red,
    reviews: things(lines.filter(({ stage }) => stage === 'review')) + reviews,
    first,
    ask: items.length > 0 ? PRESS : commonAsk(lines),
  }
}

function firstOfLine(entry: DigestEntry): FirstPressed {
  const { officeName, label, items, count, due, level, alsoTold } = entry
  const [thing] = items
  const name = count === 1 && thing ? nameOf(thing, label) : `${count} 件`
  const [call] = viewsOf('', alsoTold, true).filter(({ people }) => people.some(({ phone }) => phone !== ''))
  return {
    ...{ due, level, count, office: flat(officeName), what: flat(label), name },
    late: due?.overdueWorkingDays ?? 0,
    url: thing?.url ?? '',
    people: call?.people ?? [],
  }
}

function firstOfAsked(item: AskedItem): FirstPressed {
  return {
    ...urgencyOf(item),
    ...{ office: flat(item.officeName), what: flat(item.label), name: nameOf(item, item.label) },
    ...{ late: item.overdueWorkingDays, url: item.url },
    people: item.holders.map((holder) => personView({ ...holder, as: holderWord(item.stage) })),
  }
}

/**
 * `请督促 15 件`, and which of them first; of a single one where it is. Where some were asked before, what is new comes first with its
 * office.
 */
export function pressFacts(input: DigestInput): Fact[] {
  const pressing = pressingOf(input)
  if (!pressing) return []
  const { count, red, first, ask } = pressing
  const tag = tagOf(input)
  const beside = lateLeft(input).count > 0 && !input.standing.county ? '另' : ''
  const where = input.standing.county && ask === PRESS ? first.office : ''
  if (isParted(countsOf(freshness(input)))) return partedFacts(input, ask).map((words) => ({ tag, words }))
  const verb = ask === PRESS && freshness(input).fresh.count === 0 ? ASK_AGAIN : ask
  if (count === 1) return [{ tag, words: `${beside}${verb}${where}${red > 0 ? '红色' : ''} 1 件` }]
  return [
    { tag, words: `${beside}${verb}${red === count ? '红色' : ''} ${count} 件` },
    ...(where === '' ? [] : [{ tag, words: `先督促${where}${red > 0 && red < count ? '(红色)' : ''}` }]),
  ]
}

/** Only what has passed on to the reader is 转给您. */
function tagOf(input: DigestInput): string {
  const kinds = new Set(pressedApart(input).map(({ kind }) => kind))
  const isPassedOn = kinds.size === 1 && kinds.has('passed-on') && input.asked.items.length === 0
  return isPassedOn ? '转给您' : kinds.size === 1 && kinds.has('copied') ? '已上报' : '督办'
}

/** `(红色 14 件),其中复核 4 件`: which of a number are of a kind of their own; a review may be red. Nothing where none is. */
export function redPart(red: number, reviews: number): string {
  if (red > 0 && reviews > 0) return `(红色 ${red} 件),其中复核 ${reviews} 件`
  if (red > 0) return `(红色 ${red} 件)`
  return reviews > 0 ? `(复核 ${reviews} 件)` : ''
}

/** `,其中红色 14 件、复核 4 件`, behind a bracket that says something else. */
export function amongWords(red: number, reviews: number): string {
  const words = [...countFact('红色', red), ...countFact('复核', reviews)].join('、')
  return words === '' ? '' : `,其中${words}`
}

/** What a colleague presses first, and what others were asked where nothing is asked of the reader. */
export function othersFacts(input: DigestInput): Fact[] {
  const { press, know } = countedParts(input)
  const standBy = standByWork(input).count
  const facts = [
    ...countFact('同事先督促', standBy),
    ...(press.length + standBy > 0 || know.length === 0
      ? []
      : [`已请${askedPosts(know)}督促 ${things(know)} 件`]),
  ]
  return facts.map((words) => ({ tag: '知晓', words }))
}

/** How much is late in the county. */
export function countyFacts({ standing: { county } }: DigestInput): Fact[] {
  if (!county || county.late.count === 0) return []
  const { count, longest } = county.late
  const words = [
    `全县逾期 ${count} 件`,
    ...(longest > 0 ? [count === 1 ? `已 ${longest} 个工作日` : `最长 ${longest} 个工作日`] : []),
  ]
  return words.map((fact) => ({ tag: '知晓', words: fact }))
}

/**
 * What the reader is to press; of a head or officer only what no number of their own offices counts. An answer of the own town is
 * counted there, also where it has passed on to the reader besides.
 */
export function pressedApart(input: DigestInput): DigestEntry[] {
  const { press } = countedParts(input)
  const answers = new Set(press.filter((e) => isOwnAnswer(e, input)).map((e) => e.deadline))
  return press.filter((e) => !(isLateWork(e) && isOwnLate(e, input)) && !answers.has(e.deadline))
}

/** What of it is the reader's own offices' to perform. */
export function ownPressedApart(input: DigestInput): DigestEntry[] {
  return input.standing.county ? [] : pressedApart(input)
}

function isOwnLate({ officeName }: DigestEntry, input: DigestInput): boolean {
  const { own, county } = input.standing
  return county === null && own !== null && own.late.count > 0 && ownOfficesOf(input).includes(officeName)
}

const PRESS = '请督促'
export const ASK_AGAIN = '请再次督促'

/** `请安排人办理` where that is asked of all of them, else 请督促. */
export function commonAsk(entries: readonly DigestEntry[]): string {
  const [ask = '', ...others] = new Set(entries.map((e) => (e.kind === 'passed-on' ? askOf(e) : '')))
  return others.length === 0 && ask.startsWith('请安排') ? ask : PRESS
}
