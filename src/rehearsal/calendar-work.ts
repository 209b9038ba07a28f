import { type Day, type Instant, instantAt } from '../domain/time/days.ts'
import type { ChangingCalendar } from './changing-calendar.ts'
import type { Desk } from './desk.ts'
import type { CountyAct } from './county-act.ts'
import type { RecountWork } from './recount-work.ts'

const NAME = '防汛演练'
const SOURCE = '县政府办通知'
const ON = '10-13'
/** Free days, of which one is tomorrow, and the Saturdays that are worked for them: what falls due between comes later, or earlier. */
const DAYS = { free: ['10-14', '11-03'], worked: ['10-22', '10-29'] }

type Parts = { year: number; desk: Desk; calendar: ChangingCalendar; recounts: RecountWork }

/** In October the county moves two working days to Saturdays, after a dry run. */
export function calendarWork({ year, desk, calendar, recounts }: Parts): CountyAct {
  const on = (day: string): Day => `${year}-${day}`
  const lines = (days: readonly string[], plan: 'off' | 'work') =>
    days.map((day) => ({ from: on(day), plan, name: NAME }))
  const change = { source: SOURCE, days: [...lines(DAYS.free, 'off'), ...lines(DAYS.worked, 'work')] }
  return {
    at: instantAt(on(ON), '11:00'),
    acts: ['calendar-change'],
    async do(at: Instant) {
      const county = await desk.as(desk.bureau)
      const foreseen = await county.changeCalendar(change, true)
      const expectedCount = foreseen.later + foreseen.earlier
      const done = await county.changeCalendar({ ...change, expectedCount }, false)
      const free = DAYS.free.map((day) => [on(day), false] as const)
      calendar.change(
        at,
        Object.fromEntries([...free, ...DAYS.worked.map((day) => [on(day), true] as const)]),
      )
      const why = `工作日历有变(${NAME},${SOURCE})`
      return recounts.follow({ at, why, version: null }, [foreseen, done], county)
    },
  }
}
