import { addDays, type Day, dayOf, type Instant } from '../domain/time/days.ts'
import { type ExpectedRule, type ExpectedTelling, expectedRule, type Work } from './policy-table.ts'
import { afternoonOf, openingOf, type SimpleCalendar } from './simple-calendar.ts'

/** `telling` is null for a moment that only the officers of the office hear of. */
export type ExpectedMoment = {
  name: 'start' | 'before' | 'due' | 'late'
  /** Tells it from the others of its deadline, also once days have changed. */
  key: string
  at: Instant
  telling: (ExpectedTelling & { rung: number }) | null
}

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
    ...(rule.begins === 'untold'
      ? []
      : [{ name: 'start' as const, key: 'start', at: deadline.startedAt, telling: null }]),
    ...rule.before.map((n) => ({
      name: 'before' as const,
      key: `before-${n}`,
      at: openingOf(calendar.step(lastDay, -n)),
      telling: null,
    })),
    ...rule.dueDay.map((part) => ({
      name: 'due' as const,
      key: `due-${part}`,
      at: part === 'opening' ? openingOf(lastDay) : afternoonOf(lastDay),
      telling: null,
    })),
    ...lateMoments(deadline, rule, isTown, calendar, until),
  ]
  return moments.sort((a, b) => a.at - b.at)
}

/** The rungs, then repeats until nothing more is played. What lay before the start was never sent. */
function lateMoments(
  { dueOn, startedAt }: { dueOn: Day; startedAt: Instant },
  rule: ExpectedRule,
  isTown: boolean,
  calendar: SimpleCalendar,
  until: Instant,
): ExpectedMoment[] {
  const rungs = rule.rungs.filter((rung) => isTown || rung.role !== 'town-head')
  const moments = rungs.map((rung, i) => lateMoment(rung.late, { ...rung, rung: i + 1 }))
  const { repeat } = rule
  if (repeat === null) return moments
  const rung = rungs.findIndex((r) => r.role === repeat.role) + 1
  for (let late = (rungs.at(-1)?.late ?? 0) + repeat.every; ; late += repeat.every) {
    const moment = lateMoment(late, { ...repeat, rung })
    if (dayOf(moment.at) > addDays(dayOf(until), 1)) return moments
    if (moment.at > startedAt) moments.push(moment)
  }

  function lateMoment(late: number, telling: ExpectedTelling & { rung: number }): ExpectedMoment {
    return { name: 'late', key: `late-${late}`, at: openingOf(calendar.step(dueOn, late)), telling }
  }
}
