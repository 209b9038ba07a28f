import { addDays, type Day, dayOf, type Instant } from '../domain/time/days.ts'
import type { Role } from '../domain/obligation/vocabulary.ts'
import { expectedRule, type Work } from './policy-table.ts'
import { afternoonOf, openingOf, type SimpleCalendar } from './simple-calendar.ts'

/** `role` is null for the officers of the office itself. */
export type ExpectedMoment = { name: string; at: Instant; role: Role | null }

/** All moments of a deadline up to an instant, in order, directly from the table. */
export function expectedMoments(
  deadline: Work & { dueOn: Day; startedAt: Instant },
  isTown: boolean,
  { calendar, until }: { calendar: SimpleCalendar; until: Instant },
): ExpectedMoment[] {
  const rule = expectedRule(deadline)
  // A day set on a holiday is reminded of on the working day before.
  const lastDay = calendar.atOrBefore(deadline.dueOn)
  const moments: ExpectedMoment[] = [
    ...(rule.assigned ? [{ name: 'assigned', at: deadline.startedAt, role: null }] : []),
    ...rule.before.map((n) => ({
      name: `before-${n}`,
      at: openingOf(calendar.step(lastDay, -n)),
      role: null,
    })),
    ...rule.dueDay.map((part) => ({
      name: `due-${part}`,
      at: part === 'opening' ? openingOf(lastDay) : afternoonOf(lastDay),
      role: null,
    })),
  ]
  const rungs = rule.rungs.filter((rung) => isTown || rung.role !== 'town-head')
  for (const { late, role } of rungs)
    moments.push({ name: `late-${late}`, at: openingOf(calendar.step(deadline.dueOn, late)), role })
  return [...moments, ...repeatMoments(deadline.dueOn, rungs, rule.repeatEvery, calendar, until)].sort(
    (a, b) => a.at - b.at,
  )
}

function repeatMoments(
  dueOn: Day,
  rungs: { late: number }[],
  every: number | null,
  calendar: SimpleCalendar,
  until: Instant,
): ExpectedMoment[] {
  const last = rungs[rungs.length - 1]
  if (every === null || !last) return []
  const found: ExpectedMoment[] = []
  for (let late = last.late + every; ; late += every) {
    const day = calendar.step(dueOn, late)
    if (day > addDays(dayOf(until), 1)) return found
    found.push({ name: `repeat-${late}`, at: openingOf(day), role: 'relief-centre' })
  }
}
