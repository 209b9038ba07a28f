/**
 * How late an office is now: how many red ones are late, how many in all, and how many working days the longest. The one
 * definition of the worst office, for pages, rankings and mails.
 */
export type Lateness = { lateRed: number; late: number; longest: number }

/** Stands where offices are ranked. */
export const WORST_RULE = '依次比红色逾期件数、逾期件数、逾期最长的工作日;都相同的并列'

/** The worse comes first. 0 means that they are tied. */
export function byWorst(a: Lateness, b: Lateness): number {
  return b.lateRed - a.lateRed || b.late - a.late || b.longest - a.longest
}

/** `place`: 1 is the worst, null where nothing is late; those that are tied share it. */
export type Ranked<T> = T & { place: number | null; tied: boolean }

/** From the worst on. Tied offices keep the order they came in. */
export function rankWorst<T extends Lateness>(offices: readonly T[]): Ranked<T>[] {
  const sorted = [...offices].sort(byWorst)
  return sorted.map((office) => {
    const place = sorted.findIndex((other) => byWorst(other, office) === 0) + 1
    const tied = sorted.filter((other) => byWorst(other, office) === 0).length > 1
    return { ...office, place: office.late > 0 ? place : null, tied: office.late > 0 && tied }
  })
}

/** Why an office stands where it stands: `红色逾期 1 件,共逾期 3 件,最长 4 个工作日`. */
export function latenessWords({ lateRed, late, longest }: Lateness): string {
  const red =
    lateRed === 0 ? '' : lateRed === late ? (late === 1 ? '是红色,' : '都是红色,') : `其中红色 ${lateRed} 件,`
  return late === 0
    ? '没有逾期'
    : `逾期 ${late} 件,${red}${longest > 0 ? `最长 ${longest} 个工作日` : '不满 1 个工作日'}`
}
