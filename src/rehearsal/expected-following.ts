import { addDays, type Day, dayOf, type Instant } from '../domain/time/days.ts'
import type { StoryItem } from './expected-history.ts'
import type { SimpleCalendar } from './simple-calendar.ts'

/** What an officer handed in, as far as something may follow from it. */
export type HandedIn = {
  outcome?: string
  finding?: string
  visitedOn?: Day
  lookBack?: { problem?: boolean }[]
}
export type ExpectedFollowing = { item: StoryItem; fixedDueOn: Day | null }

/** Days from one visit to the next, in the example policy. */
const EVERY_DAYS = 60

/**
 * The outcomes after which help has to arrive (R8), written by hand a second time: taken over from the product, a wrong one there
 * would be expected here.
 */
const HELPED = [
  ...['dibao', 'tekun', 'single-person-dibao', 'temporary-assistance', 'assistance-first'],
  ...['graduated-exit', 'marginal-household', 'rigid-expenditure', 'other-assistance'],
]

const LEADING = new Set(['warning', 'monitoring-visit', 'follow-up'])

/** What was handed in with an action. */
export function resultIn(detail: object): HandedIn {
  return 'result' in detail ? (detail.result as HandedIn) : {}
}

/** Whether anything can follow from such work at all. */
export function mayLead({ kind }: StoryItem): boolean {
  return LEADING.has(kind)
}

/** What the acceptance of something brings about (R8, R16): help to be seen through, or the next visit. */
export function expectedFollowing(
  item: StoryItem,
  { outcome = '', finding, visitedOn }: HandedIn,
  at: Instant,
  calendar: SimpleCalendar,
): ExpectedFollowing | null {
  const today = dayOf(at)
  if (HELPED.includes(outcome) || finding === 'enrolled')
    return { item: following(item, 'follow-up'), fixedDueOn: null }
  if ((outcome === 'ineligible' && item.keyGroup === true) || finding === 'unchanged')
    return {
      item: following(item, 'monitoring-visit'),
      fixedDueOn: nextVisit(visitedOn ?? today, today, calendar),
    }
  return null
}

/** Three working days, as for other work of a fixed day that is done again; at most the end of the last phase. */
const PROBLEM_DAYS = 3
const LAST_DAY = '12-15'

/** What an accepted look-back raises: a problem of the town (R12). */
export function expectedProblem(
  item: StoryItem,
  { lookBack = [] }: HandedIn,
  at: Instant,
  calendar: SimpleCalendar,
): ExpectedFollowing | null {
  if (!lookBack.some(({ problem }) => problem)) return null
  const today = dayOf(at)
  const [due, last] = [calendar.step(today, PROBLEM_DAYS), `${today.slice(0, 4)}-${LAST_DAY}`]
  return { item: following(item, 'rectification'), fixedDueOn: due < last ? due : last }
}

function following(from: StoryItem, kind: string): StoryItem {
  const { name: _, ...of } = from
  return { ...of, item: `${from.item}→${kind}`, kind, level: null, follows: true }
}

/** The next visit: so many days after the last one, on a working day that is still to come (R16). */
export function nextVisit(after: Day, today: Day, calendar: SimpleCalendar): Day {
  let day = addDays(after, EVERY_DAYS)
  while (day <= today || !calendar.isWorking(day)) day = addDays(day, 1)
  return day
}
