import type { Calendar } from '../time/calendar.ts'
import { type Day, isDay } from '../time/days.ts'
import { isProvisional } from '../time/provisional.ts'
import type { CampaignTemplate } from './campaign-template.ts'

/** A fixed day that another year's calendar moved: of a phase, or of one of its items. `provisional`: its holidays are not published. */
export type MovedDay = { phase: string; item: string | null; from: Day; to: Day; provisional: boolean }

/**
 * A plan for a year. A fixed day that is free in that year goes to the working day before it: the notice names the last day on
 * which something may be done, and nobody works on a holiday. Where that day lies in the year before, it goes to the next working day.
 * The day of the plan stands beside the moved one, so that the year after is planned from it and not from this year's.
 */
export function templateForYear(
  template: CampaignTemplate,
  year: number,
  calendar: Calendar,
): { template: CampaignTemplate; moved: MovedDay[] } {
  const moved: MovedDay[] = []
  const dayFor = (monthDay: string, phase: string, item: string | null) => {
    const from = existing(year, monthDay)
    const to = workingDayFor(from, calendar)
    if (to.slice(5) === monthDay) return { due: monthDay }
    moved.push({ phase, item, from, to, provisional: isProvisional(to, calendar) })
    return { due: to.slice(5), plannedDue: from.slice(5) }
  }
  const phases = template.phases.map((phase) => ({
    ...phase,
    ...dayFor(phase.due, phase.title, null),
    items: phase.items.map((item) =>
      item.due === undefined ? item : { ...item, ...dayFor(item.due, phase.title, item.title) },
    ),
  }))
  return { template: { ...template, phases }, moved }
}

/** The plan keeps months and days alone: a day of the year before would stand at the year's end. */
function workingDayFor(day: Day, calendar: Calendar): Day {
  if (calendar.isWorking(day)) return day
  const before = calendar.previous(day)
  return before.slice(0, 4) === day.slice(0, 4) ? before : calendar.next(day)
}

/** The 29th of February is the 28th in most years. */
function existing(year: number, monthDay: string): Day {
  const day = `${year}-${monthDay}`
  return isDay(day) ? day : `${year}-02-28`
}
