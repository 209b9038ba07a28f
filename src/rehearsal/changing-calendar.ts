import type { Day, Instant } from '../domain/time/days.ts'
import { type Published, readPublished, type SimpleCalendar, simpleCalendar } from './simple-calendar.ts'

/** A calendar whose days somebody changes in the year. By itself it answers as it is known last. */
export type ChangingCalendar = SimpleCalendar & {
  /** Makes days free (false) or worked (true), from an instant on. */
  change(at: Instant, days: Readonly<Record<Day, boolean>>): void
}

export function changingCalendar(): ChangingCalendar {
  let published = readPublished()
  const known = [{ from: -Infinity, calendar: simpleCalendar(published) }]
  const last = () => known.at(-1)!.calendar
  return {
    isWorking: (day) => last().isWorking(day),
    isPublished: (day) => last().isPublished(day),
    step: (day, n) => last().step(day, n),
    atOrBefore: (day) => last().atOrBefore(day),
    asOf: (at) => known.findLast(({ from }) => from <= at)!.calendar,
    get changedAt() {
      return known.slice(1).map(({ from }) => from)
    },
    change(at, days) {
      published = withDays(published, days)
      known.push({ from: at, calendar: simpleCalendar(published) })
    },
  }
}

function withDays(
  { holidays: free, workdays: worked }: Published,
  days: Readonly<Record<Day, boolean>>,
): Published {
  const others = (list: Record<Day, string>) =>
    Object.fromEntries(Object.entries(list).filter(([day]) => days[day] === undefined))
  const all = Object.entries(days)
  const named = (working: boolean) =>
    Object.fromEntries(all.flatMap(([day, works]) => (works === working ? [[day, 'changed']] : [])))
  return {
    holidays: { ...others(free), ...named(false) },
    workdays: { ...others(worked), ...named(true) },
  }
}
