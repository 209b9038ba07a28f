/**
 * How late an office is now: how many red ones are late, how many in all, and how many working days the longest. The one
 * definition of the worst office, for pages, rankings and mails.
 */
export type Lateness = { count: number; red: number; longest: number }

/** Stands where offices are ranked. */
export const WORST_RULE = '依次比红色逾期件数、逾期件数、逾期最长的工作日;都相同的并列'

/** The worse comes first. 0 means that they are tied. */
export function byWorst(a: Lateness, b: Lateness): number {
  return b.red - a.red || b.count - a.count || b.longest - a.longest
}

/** `place`: 1 is the worst, null where nothing is late; those that are tied share it. */
export type Ranked<T> = T & { place: number | null; tied: boolean }

/** From the worst on. Tied offices keep the order they came in. */
export function rankWorst<T>(offices: readonly T[], latenessOf: (office: T) => Lateness): Ranked<T>[] {
  const sorted = offices
    .map((office) => ({ office, lateness: latenessOf(office) }))
    .sort((a, b) => byWorst(a.lateness, b.lateness))
  return sorted.map(({ office, lateness }) => {
    const isTied = (other: (typeof sorted)[number]) => byWorst(other.lateness, lateness) === 0
    const place = sorted.findIndex(isTied) + 1
    const isLate = lateness.count > 0
    return { ...office, place: isLate ? place : null, tied: isLate && sorted.filter(isTied).length > 1 }
  })
}

/** Why an office stands where it stands: `红色逾期 1 件,共逾期 3 件,最长 4 个工作日`. */
export function latenessWords({ red, count, longest }: Lateness): string {
  const ofRed =
    red === 0 ? '' : red === count ? (count === 1 ? '是红色,' : '都是红色,') : `其中红色 ${red} 件,`
  return count === 0
    ? '没有逾期'
    : `逾期 ${count} 件,${ofRed}${longest > 0 ? `最长 ${longest} 个工作日` : '不满 1 个工作日'}`
}
