/** Due so long ago, nobody can be hurried any more. */
const LONG_AGO_DAYS = 90
const DAY_MS = 86_400_000

type Checked = {
  accepted: number
  forecast: { alreadyLate: number; byDueOn: Readonly<Record<string, number>> } | null
}

/** Whether a file holds nothing but what fell due a quarter of a year ago or earlier. @param today plain date in Beijing; '' while it is not known */
export function isHistory({ accepted, forecast }: Checked, today: string): boolean {
  if (!forecast || accepted === 0 || forecast.alreadyLate < accepted) return false
  const last = Object.keys(forecast.byDueOn).sort().pop()
  return last !== undefined && Date.parse(today) - Date.parse(last) >= LONG_AGO_DAYS * DAY_MS
}
