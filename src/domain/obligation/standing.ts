import type { Calendar } from '../time/calendar.ts'
import type { Day, Instant } from '../time/days.ts'
import { isProvisional } from '../time/provisional.ts'
import { dueStatusOf, isDueToday, runningClockStatus } from './clock-status.ts'
import { isPerforming } from './turn-clocks.ts'
import type { Level, Stage } from './vocabulary.ts'
import { byWorst, type Lateness } from './worst-offices.ts'

/** Open assignments that share performer, holder, stage, level and due instant, counted. */
export type OpenGroup = {
  /** The office that owes it, also while another reviews it. */
  office: string
  holderOffice: string
  /** The person it names; null: anybody of the office. */
  holderPerson: string | null
  stage: Stage
  level: Level | null
  dueOn: Day
  dueAt: Instant
  count: number
}

/**
 * What lies with somebody who performs: counts of obligations. `inHand` is all of it; `inReview`: handed in, and waiting at its reviewer.
 * Of `dueToday` so many are `beforeDayOff`: due on a day off to come, and to be done today.
 */
export type OwnStanding = {
  inHand: number
  late: Lateness
  dueToday: number
  beforeDayOff: number
  dueSoon: number
  returned: number
  inReview: number
}
/** What waits for somebody to review or to answer; `oldestDueOn`: when the first of it is due; `provisional`: that day may still move. */
export type WaitingStanding = { waiting: number; late: number; oldestDueOn: Day | null; provisional: boolean }
export type OfficeLateness = Lateness & { office: string }
/** What performers owe late in a whole county, the worst office first. */
export type CountyStanding = { late: Lateness; offices: OfficeLateness[] }

export type AtInstant = { calendar: Calendar; now: Instant }
type Test = (group: OpenGroup) => boolean

/**
 * How things stand for whoever performs.
 * @param holds is it theirs to perform
 * @param handedIn is it theirs while somebody reviews it
 */
export function ownStanding(
  groups: readonly OpenGroup[],
  { holds, handedIn }: { holds: Test; handedIn: Test },
  at: AtInstant,
): OwnStanding {
  const { late, dueToday, dueSoon, later, returned, inReview } = ownGroups(groups, { holds, handedIn }, at)
  const mine = [...late, ...dueToday, ...dueSoon, ...later]
  return {
    inHand: sum(mine),
    late: latenessOf(late, at),
    dueToday: sum(dueToday),
    beforeDayOff: sum(dueToday.filter((g) => !isDueToday(g, at.now))),
    dueSoon: sum(dueSoon),
    returned: sum(returned),
    inReview: sum(inReview),
  }
}

/** What each of these counts is made of; `later`: theirs to perform, and neither late nor due today or soon. */
export function ownGroups<G extends OpenGroup>(
  groups: readonly G[],
  { holds, handedIn }: { holds: Test; handedIn: Test },
  { calendar, now }: AtInstant,
): Record<'late' | 'dueToday' | 'dueSoon' | 'later' | 'returned' | 'inReview', G[]> {
  const mine = groups.filter((g) => performs(g) && holds(g))
  const late = mine.filter((g) => isLate(g, now))
  const inTime = mine.filter((g) => !isLate(g, now))
  const clockOf = (group: OpenGroup) => runningClockStatus(group, calendar, now).code
  return {
    late,
    dueToday: inTime.filter((g) => clockOf(g) === 'due-today'),
    dueSoon: inTime.filter((g) => clockOf(g) === 'due-soon'),
    later: inTime.filter((g) => !['due-today', 'due-soon'].includes(clockOf(g))),
    returned: mine.filter((g) => g.stage === 'redo'),
    inReview: groups.filter((g) => g.stage === 'review' && handedIn(g)),
  }
}

export function reviewStanding(groups: readonly OpenGroup[], holds: Test, at: AtInstant): WaitingStanding {
  const waiting = reviewGroups(groups, holds)
  const oldestDueOn = waiting.map((g) => g.dueOn).sort()[0] ?? null
  return {
    waiting: sum(waiting),
    late: latenessOf(waiting, at).count,
    oldestDueOn,
    // The day of a review is always counted, never fixed.
    provisional: oldestDueOn !== null && isProvisional(oldestDueOn, at.calendar),
  }
}

export function reviewGroups<G extends OpenGroup>(groups: readonly G[], holds: Test): G[] {
  return groups.filter((g) => g.stage === 'review' && holds(g))
}

/** What performers of the county owe late. */
export function countyLateGroups<G extends OpenGroup>(groups: readonly G[], now: Instant): G[] {
  return groups.filter((g) => performs(g) && isLate(g, now))
}

export function countyStanding(groups: readonly OpenGroup[], at: AtInstant): CountyStanding {
  const performing = groups.filter(performs)
  const offices = [...new Set(performing.map((g) => g.office))]
    .map((office) => ({
      office,
      ...latenessOf(
        performing.filter((g) => g.office === office),
        at,
      ),
    }))
    .filter((o) => o.count > 0)
  return { late: latenessOf(performing, at), offices: offices.sort(worstFirst) }
}

/** The worst first, as everywhere; ties go by the office's code, so that they are the same in every mail. */
export function worstFirst(a: OfficeLateness, b: OfficeLateness): number {
  return byWorst(a, b) || (a.office < b.office ? -1 : 1)
}

function latenessOf(groups: readonly OpenGroup[], { calendar, now }: AtInstant): Lateness {
  const late = groups.filter((g) => isLate(g, now))
  return {
    count: sum(late),
    longest: Math.max(0, ...late.map((g) => dueStatusOf(g, calendar, now).overdueWorkingDays)),
    red: sum(late.filter((g) => g.level === 'red')),
  }
}

function isLate({ dueAt }: Pick<OpenGroup, 'dueAt'>, now: Instant): boolean {
  return dueAt <= now
}

function performs({ stage }: OpenGroup): boolean {
  return isPerforming(stage)
}

function sum(groups: readonly OpenGroup[]): number {
  return groups.reduce((total, { count }) => total + count, 0)
}
