/**
 * What the rate counts: done, done late, and not done although the day has passed. `doneUnheld` of what is done was never
 * held by anybody here: nothing is known of when it was done, so it is not judged.
 */
export type Judged = { done: number; doneUnheld: number; doneLate: number; openLate: number }

/** Stands at the head of the column, so that nobody has to guess. */
export const ON_TIME_RULE = '按期办结 ÷(已办结 + 未办结而已逾期过的),启用前已办结的不计'

/**
 * The share done in time, 0–1, of all that was to be judged. Late and open counts as late: an office does not get
 * better by leaving its late work undone (R17). Null while there is nothing to judge.
 */
export function onTimeRate({ done, doneUnheld, doneLate, openLate }: Judged): number | null {
  const known = done - doneUnheld
  const judged = known + openLate
  return judged === 0 ? null : (known - doneLate) / judged
}

/** `96 %`; `–` while there is nothing to judge. */
export function onTimeWords(judged: Judged): string {
  return rateWords(onTimeRate(judged))
}

/** A share in words. Only what is whole is called 100 %, and only what is nothing 0 %. */
export function rateWords(rate: number | null): string {
  if (rate === null) return '–'
  const percent = Math.round(rate * 100)
  if (rate < 1 && percent === 100) return '99 %'
  return `${rate > 0 && percent === 0 ? 1 : percent} %`
}
