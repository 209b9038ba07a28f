import { addDays, type Day, dayOf, endOfDay, type Instant } from '../domain/time/days.ts'
import { groupBy } from '../domain/grouping.ts'
import type { StoryTurn } from './expected-history.ts'
import type { People } from './people.ts'
import { isPerformed } from './policy-table.ts'
import type { SimpleCalendar } from './simple-calendar.ts'
import { type ToldOfLate, toldUpTo } from './told-of-late.ts'

export type StandingWorld = { people: People; calendar: SimpleCalendar; told: ToldOfLate }

/** `longest` in working days. */
export type ExpectedLateness = { count: number; longest: number; red: number }
/** `told`: the highest post that was told of what is late there. */
export type ExpectedOffice = ExpectedLateness & { office: string; officeName: string; told: string | null }
/** What a reader's last mail had to report as late, and the day it came. */
export type ExpectedBefore = { count: number; on: Day }

/** What waits for a review or an answer, late or not. */
export type ExpectedWaiting = { waiting: number; late: number; oldestDueOn: Day }

/** How things stand for a reader, as the account counts it: a type of its own, so that nothing is taken over from the product. */
export type ExpectedStanding = {
  own: {
    scope: string
    inHand: number
    late: ExpectedLateness
    dueToday: number
    dueSoon: number
    returned: number
    inReview: number
  } | null
  review: ExpectedWaiting | null
  /** Requests for more time, and offers of a hand-over, that nobody has answered yet: late answers are nobody's late work. */
  requests: ExpectedWaiting | null
  offers: ExpectedWaiting | null
  county: { late: ExpectedLateness; offices: ExpectedOffice[]; lateBefore: ExpectedBefore | null } | null
}

/**
 * How things stood for one reader when a mail was written, counted one by one from what really happened.
 * @param lateBefore what their last mail had to report as late
 */
export function expectedStanding(
  email: string,
  turns: readonly StoryTurn[],
  at: Instant,
  lateBefore: ExpectedBefore | null,
  given: StandingWorld,
): ExpectedStanding {
  const world = { ...given, calendar: given.calendar.asOf(at) }
  const { people, calendar } = world
  const open = turns.filter((turn) => isOpen(turn, at))
  const posts = people.postsOf(email)
  const oversees = posts.some((p) => p.role === 'relief-centre' || p.role === 'bureau-leader')
  const offices = [...new Set(posts.filter((p) => answersFor(p, email, people)).map((p) => p.office))]
  const mine = open.filter((turn) => offices.includes(turn.office))
  const own = ownPart(
    offices.map((code) => people.office(code).name).join('、'),
    mine.filter(isPerformed),
    open.filter((turn) => turn.stage === 'review' && offices.includes(turn.owner)).length,
    at,
    calendar,
  )
  const waiting = (stage: StoryTurn['stage']) =>
    waitingPart(
      mine.filter((turn) => turn.stage === stage),
      at,
    )
  return {
    own: offices.length === 0 || (oversees && own.inHand + own.inReview === 0) ? null : own,
    review: waiting('review'),
    requests: waiting('extension'),
    offers: waiting('hand-over'),
    county: oversees ? countyPart(open, at, lateBefore, world) : null,
  }
}

/** How many late obligations a reader hears of. */
export function expectedLate({ county, own }: ExpectedStanding): number {
  return county?.late.count ?? own?.late.count ?? 0
}

/** What was done in the very instant of a mail, and what followed from it, came after it; what was registered then came before. */
export function isOpen({ startedAt, endedAt, stage, follows = false }: StoryTurn, at: Instant): boolean {
  const begun = startedAt < at || (startedAt === at && stage === 'perform' && !follows)
  return begun && (endedAt === null || endedAt >= at)
}

function answersFor(
  { office, role }: { office: string; role: string },
  email: string,
  people: People,
): boolean {
  return role === 'town-head' || people.officersOf(office).includes(email)
}

function ownPart(scope: string, mine: StoryTurn[], inReview: number, at: Instant, calendar: SimpleCalendar) {
  const running = mine.filter((turn) => !isLate(turn, at))
  const left = running.map((turn) => workingDaysBetween(dayOf(at), turn.dueOn, calendar))
  const today = running.map(
    (turn, i) => turn.dueOn === dayOf(at) || (left[i] === 0 && calendar.isWorking(dayOf(at))),
  )
  return {
    scope,
    inHand: mine.length,
    late: latenessOf(mine, at, calendar),
    dueToday: today.filter(Boolean).length,
    dueSoon: left.filter((days, i) => !today[i] && days <= 3).length,
    returned: mine.filter((turn) => turn.stage === 'redo').length,
    inReview,
  }
}

function waitingPart(waiting: StoryTurn[], at: Instant): ExpectedWaiting | null {
  if (waiting.length === 0) return null
  return {
    waiting: waiting.length,
    late: waiting.filter((turn) => isLate(turn, at)).length,
    oldestDueOn: waiting.map((turn) => turn.dueOn).reduce((a, b) => (a < b ? a : b)),
  }
}

function countyPart(
  open: StoryTurn[],
  at: Instant,
  lateBefore: ExpectedBefore | null,
  { people, calendar, told }: StandingWorld,
): NonNullable<ExpectedStanding['county']> {
  const performing = open.filter(isPerformed)
  const late = performing.filter((turn) => isLate(turn, at))
  const offices = [...groupBy(late, (turn) => turn.owner)].map(([office, turns]) => ({
    office,
    officeName: people.office(office).name,
    told: toldUpTo(turns, told, at),
    ...latenessOf(turns, at, calendar),
  }))
  return { late: latenessOf(late, at, calendar), offices: offices.sort(worstFirst), lateBefore }
}

/** More red ones, then more in all, then the longest; offices that are alike by their codes. */
function worstFirst(a: ExpectedOffice, b: ExpectedOffice): number {
  return b.red - a.red || b.count - a.count || b.longest - a.longest || (a.office < b.office ? -1 : 1)
}

function latenessOf(turns: StoryTurn[], at: Instant, calendar: SimpleCalendar): ExpectedLateness {
  const late = turns.filter((turn) => isLate(turn, at))
  const days = late.map((turn) => workingDaysBetween(turn.dueOn, dayOf(at), calendar))
  return {
    count: late.length,
    longest: days.reduce((a, b) => Math.max(a, b), 0),
    red: late.filter((turn) => turn.level === 'red').length,
  }
}

export function isLate({ dueOn }: { dueOn: Day }, at: Instant): boolean {
  return at >= endOfDay(dueOn)
}

/** Working days after `from` up to and with `to`. */
export function workingDaysBetween(from: Day, to: Day, calendar: SimpleCalendar): number {
  let days = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (calendar.isWorking(day)) days += 1
  return days
}
