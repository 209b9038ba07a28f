/** More days than these would be hairlines: then a bar is a week. */
const MOST_DAYS = 31
const MOST_WEEKS = 60
const DAY_MS = 86_400_000

export type Bar = { from: string; until: string; count: number; late: boolean; today: boolean }
export type DueBars = { bars: Bar[]; most: number; by: 'day' | 'week' | 'month' }

/** Due days as bars, in order, with no gap left out between the first and the last. @param today plain date in Beijing */
export function dueBars(byDueOn: Readonly<Record<string, number>>, today: string): DueBars {
  const days = Object.keys(byDueOn).sort()
  const [first, last] = [days[0], days[days.length - 1]]
  if (first === undefined || last === undefined) return { bars: [], most: 0, by: 'day' }
  const span = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1
  const by = span <= MOST_DAYS ? 'day' : span <= MOST_WEEKS * 7 ? 'week' : 'month'
  const bars = emptyBars(first, last, by)
  for (const day of days) {
    const bar = bars.find(({ until }) => day <= until)
    if (bar) bar.count += byDueOn[day] ?? 0
  }
  const marked = bars.map((bar) => ({
    ...{ ...bar, late: bar.until < today, today: bar.from <= today && today <= bar.until },
  }))
  return { bars: marked, most: Math.max(...bars.map(({ count }) => count)), by }
}

type Span = Pick<Bar, 'from' | 'until' | 'count'>

function emptyBars(first: string, last: string, by: DueBars['by']): Span[] {
  const bars: Span[] = []
  for (let from = startOf(first, by); from <= last;) {
    const next = nextOf(from, by)
    bars.push({ from, until: dayAfter(next, -1), count: 0 })
    from = next
  }
  return bars
}

function startOf(day: string, by: DueBars['by']): string {
  if (by === 'day') return day
  if (by === 'month') return `${day.slice(0, 7)}-01`
  return dayAfter(day, -((new Date(day).getUTCDay() + 6) % 7))
}

function nextOf(day: string, by: DueBars['by']): string {
  if (by !== 'month') return dayAfter(day, by === 'day' ? 1 : 7)
  const at = new Date(day)
  at.setUTCMonth(at.getUTCMonth() + 1)
  return at.toISOString().slice(0, 10)
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}
