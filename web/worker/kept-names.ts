/** Where the worker keeps answers, and the app reads them from as it starts. */
export const ANSWERS = 'duban-answers'
/** When an answer was kept, in milliseconds since 1970; the app tells it to whoever reads it. */
export const KEPT_AT = 'x-duban-kept-at'
const KEPT_MS = 86_400_000

/** @returns the instant in milliseconds, or null for what is older than a day */
export function keptAt({ headers }: Response): number | null {
  const at = Number(headers.get(KEPT_AT))
  return Date.now() - at > KEPT_MS ? null : at
}
