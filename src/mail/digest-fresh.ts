import { blank, byUrgency, distinctDeadlines, isNew, things } from './digest-order.ts'
import { countedParts, onlyPresses } from './digest-parts.ts'
import type { AskedBefore, DigestEntry, DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

type Lines = Pick<DigestInput, 'sections' | 'recipient' | 'standing' | 'asked'>
/** Of what is to be pressed, what no earlier mail asked, and what one did; so many of each are `red`. */
type Part = { count: number; red: number }
export type Freshness = { fresh: Part; again: Part }
/** How much of a number is new, and how much is told again. */
export type Told = { fresh: number; again: number }

/**
 * What whoever oversees the county is to press: new since their last letter, and told again. Where they head a town besides, all of it
 * counts as new, and what was asked before is not listed. Of whoever only heads a town see digest-told.ts.
 */
export function freshness(input: Lines): Freshness {
  const { press } = countedParts(input)
  const lines = distinctDeadlines(press)
  const sum = (entries: readonly DigestEntry[]) => {
    const again = onlyPresses(input) ? 0 : entries.reduce((total, e) => total + e.again, 0)
    return { again, fresh: things(entries) - again }
  }
  const [all, reds] = [sum(lines), sum(lines.filter(({ level }) => level === 'red'))]
  const { items, more, red } = askedBefore(input)
  return {
    fresh: { count: all.fresh, red: reds.fresh },
    again: { count: all.again + items.length + more, red: reds.again + red },
  }
}

/** What an earlier letter asked and this one asks again: of a head no list holds it, so that no number counts it. */
export function askedBefore(input: Pick<DigestInput, 'recipient' | 'asked'>): AskedBefore {
  return onlyPresses(input) ? NONE_ASKED : input.asked
}

const NONE_ASKED: AskedBefore = { items: [], more: 0, red: 0, reviews: 0, answers: 0 }

export function countsOf({ fresh, again }: Freshness): Told {
  return { fresh: fresh.count, again: again.count }
}

/** `新增 3 件、再次 12 件`, or that all of it is told again; nothing where all is new. */
export function freshFact({ fresh, again }: Told): string {
  if (again === 0) return ''
  return fresh === 0 ? ALL_AGAIN : `新增 ${fresh} 件、再次 ${again} 件`
}

const ALL_AGAIN = '均为再次督促'

/** Are there both, so that they stand apart? */
export function isParted({ fresh, again }: Told): boolean {
  return fresh > 0 && again > 0
}

/** `其中 1 件为再次督促`: of one deadline some may have been asked before, and others came to it since. */
export function againWords({ count, again }: Pick<DigestEntry, 'count' | 'again'>): string {
  return again > 0 && again < count ? `(其中 ${again} 件为再次督促)` : ''
}

/** For the subject, the gravest new first: `请督促新增 3 件(毛坝镇等)`, then `再次督促红色 12 件`. @param ask what is asked */
export function partedFacts(input: Lines, ask: string): string[] {
  const { fresh, again } = freshness(input)
  const lines = distinctDeadlines(countedParts(input).press).filter(isNew).sort(byUrgency)
  const offices = new Set(lines.map(({ officeName }) => flat(officeName)))
  const [office = ''] = offices
  const reds = fresh.red > 0 && fresh.red < fresh.count ? ',含红色' : ''
  return [
    `${ask}新增${blank(countOfRed(fresh))}(${office}${offices.size > 1 ? '等' : ''}${reds})`,
    // `再次红色` would be no sentence; a bare number goes with the verb of what is new.
    `再次${again.red === again.count ? ask.replace(/^请/, '') : ''}${blank(countOfRed(again))}`,
  ]
}

/** `红色 3 件` where all of them are. */
function countOfRed({ count, red }: Part): string {
  return `${red === count ? '红色 ' : ''}${count} 件`
}
