import { countFact, things } from './digest-order.ts'
import { countedParts, isLateWork, ownOfficesOf } from './digest-parts.ts'
import { askOf } from './digest-passed-on.ts'
import { askedPosts } from './digest-people.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'

/** The worst office with all that is late, what the reader is to press, and how long the longest has taken. */
export function countyFacts(input: DigestInput): string[] {
  const { county } = input.standing
  if (!county || county.late.count === 0) return []
  const names = county.offices.map((o) => o.officeName)
  const [worst = ''] = names
  const unit = names.every((name) => name.endsWith('镇')) ? '镇' : '个单位'
  const where = names.length > 1 ? `${worst}等 ${names.length} ${unit}` : worst
  const { count, longest } = county.late
  return [
    `${where}逾期 ${count} 件`,
    ...partFacts(input, worst),
    ...(longest > 0 ? [`最长 ${longest} 个工作日`] : []),
  ]
}

/** What of the county's number this mail is about, then what it asks besides: an early thing, a late review. */
function partFacts(input: DigestInput, worst: string): string[] {
  const { press, standBy, know } = countedParts(input)
  const late = press.filter(isLateWork)
  const place = placeIfOne(late, worst)
  return [
    ...countFact(`其中请督促${place}`, things(late)),
    ...besideFacts(pressedApart(input), place || worst),
    ...countFact('同事先督促', things(standBy.filter(isLateWork))),
    ...countFact('另由同事先督促', things(apartOf(standBy, input))),
    ...(press.length + standBy.length > 0 ? [] : knowFacts(know, input)),
  ]
}

function besideFacts(apart: readonly DigestEntry[], named: string): string[] {
  const ask = commonAsk(apart)
  return countFact(`另${ask}${ask === PRESS ? placeIfOne(apart, named) : ''}`, things(apart))
}

/** The one office that the reader is to press, where it is not the one that was named before. */
function placeIfOne(press: readonly DigestEntry[], named: string): string {
  const [office = named, ...others] = new Set(press.map((e) => e.officeName))
  return others.length > 0 || office === named ? '' : office
}

function knowFacts(know: readonly DigestEntry[], input: DigestInput): string[] {
  const apart = apartOf(know, input)
  const late = know.filter((e) => !apart.includes(e))
  return [
    ...countFact(`已请${askedPosts(late)}督促`, things(late)),
    ...countFact(
      `${late.length > 0 || isCountyLate(input) ? '另' : ''}已请${askedPosts(apart)}督促`,
      things(apart),
    ),
  ]
}

/** What neither the county's number nor that of the reader's own offices counts, so that no mail asks for what its subject hides. */
export function pressFacts(input: DigestInput): string[] {
  if (isCountyLate(input)) return []
  const { press, standBy, know } = countedParts(input)
  const apart = pressedApart(input)
  const beside = input.standing.own?.late.count ? '另' : ''
  return [
    ...countFact(`${beside}${commonAsk(apart)}`, things(apart)),
    ...countFact('同事先督促', things(apartOf(standBy, input))),
    ...(press.length + standBy.length > 0 ? [] : knowFacts(know, input)),
  ]
}

/** What the reader is to press and no number of what is late counts: it is early, or a review or an answer is late. */
export function pressedApart(input: DigestInput): DigestEntry[] {
  return apartOf(countedParts(input).press, input)
}

/** What of it is the reader's own offices' to perform. */
export function ownPressedApart(input: DigestInput): DigestEntry[] {
  return input.standing.county ? [] : pressedApart(input)
}

function apartOf(entries: readonly DigestEntry[], input: DigestInput): DigestEntry[] {
  return entries.filter((e) => !(isLateWork(e) && (isCountyLate(input) || isOwnLate(e, input))))
}

function isCountyLate({ standing: { county } }: DigestInput): boolean {
  return county !== null && county.late.count > 0
}

function isOwnLate({ officeName }: DigestEntry, input: DigestInput): boolean {
  const { own, county } = input.standing
  return county === null && own !== null && own.late.count > 0 && ownOfficesOf(input).includes(officeName)
}

const PRESS = '请督促'

/** `请安排人办理` where that is asked of all of them, else 请督促. */
export function commonAsk(entries: readonly DigestEntry[]): string {
  const [ask = '', ...others] = new Set(entries.map((e) => (e.kind === 'passed-on' ? askOf(e) : '')))
  return others.length === 0 && ask.startsWith('请安排') ? ask : PRESS
}
