import type { Receipt } from './use-item.ts'

/** One day of the small calendar. `nth` is its place among the days counted. */
export type ReceiptDay = {
  day: string
  look: 'start' | 'counted' | 'due' | 'skipped' | 'outside'
  nth?: number
  name?: string
}

const DAY_MS = 86_400_000

/** Whole weeks, Monday first, from the start to the due day. */
export function weeksOf(receipt: Receipt): ReceiptDay[][] {
  const first = mondayOf(Date.parse(receipt.start))
  const last = mondayOf(Date.parse(receipt.dueOn))
  const weeks: ReceiptDay[][] = []
  for (let monday = first; monday <= last; monday += 7 * DAY_MS)
    weeks.push(Array.from({ length: 7 }, (_, i) => shown(dayAt(monday + i * DAY_MS), receipt)))
  return weeks
}

function shown(day: string, { start, dueOn, counted, skipped, madeUp }: Receipt): ReceiptDay {
  const nth = counted.indexOf(day) + 1
  const name = skipped.find((s) => s.day === day)?.name ?? madeUp.find((m) => m.day === day)?.name
  const named = name === undefined ? {} : { name }
  if (nth > 0) return { day, look: day === dueOn ? 'due' : 'counted', nth, ...named }
  if (day === start) return { day, look: 'start', ...named }
  return { day, look: day > start && day < dueOn ? 'skipped' : 'outside', ...named }
}

function dayAt(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** getUTCDay counts from Sunday. */
function mondayOf(at: number): number {
  return at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS
}
