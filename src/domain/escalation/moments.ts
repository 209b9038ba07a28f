import type { Calendar } from '../time/calendar.ts'
import { dayOf, type Instant, instantAt } from '../time/days.ts'
import { type Audience, distinctAudiences } from './audience.ts'
import type { MomentForm } from './moment-form.ts'
import { type Moment, momentsOf, refOf, type Schedule } from './moment-schedule.ts'

/** What a deadline is planned by: what places its moments, and what happened so far. */
export type PlanInput = Schedule & {
  /** Batches of assignments that joined so far. */
  joins: number
  now: Instant
  /** When it was to be looked at next, as planned last; null or left out where that is not known. */
  plannedAt?: Instant | null
  /** By whose days mail leaves; left out, by those of the deadline's own office. */
  countyCalendar?: Calendar
}

/**
 * What happens now. `collapsed`: earlier moments that were missed and are told by this one. `inTime`: its round lay ahead when it was
 * planned; not so where a start or a change of days put it into the past, unless the next morning would be too late for it.
 */
export type Firing = {
  moment: string
  form: MomentForm
  at: Instant
  inTime: boolean
  audiences: Audience[]
  urgent: boolean
  collapsed: { moment: string; form: MomentForm; at: Instant }[]
}
export type Plan = { due: Firing | null; nextWake: Instant | null; upcoming: Moment[] }

const UPCOMING = 6

/**
 * What is due behind a deadline now, and when to ask again. Missed moments collapse into the latest; who joined after
 * others were told is owed a moment of the series `joined`. Planning twice with the same input plans the same (decision 5).
 */
export function planMoments(input: PlanInput): Plan {
  const { now, fired, joins } = input
  const happened = new Set(fired.map((f) => f.moment))
  const seen = Math.max(-1, ...fired.map((f) => f.joins))
  const past: Moment[] = []
  const upcoming: Moment[] = []
  for (const moment of momentsOf(input)) {
    if (moment.decideAt <= now) past.push(moment)
    else if (!happened.has(moment.name)) upcoming.push(moment)
    if (upcoming.length === UPCOMING) break
  }
  const missed = past.filter((m) => !happened.has(m.name))
  const joined = fired.length > 0 && joins > seen ? [joinMoment(fired, past, now)] : []
  const owed = [...joined, ...missed.sort((a, b) => a.at - b.at)]
  return { due: collapse(owed, input), nextWake: upcoming[0]?.decideAt ?? null, upcoming }
}

type Missed = Omit<Moment, 'decideAt'>

function joinMoment(fired: PlanInput['fired'], past: Moment[], now: Instant): Missed {
  const n = fired.filter((f) => f.form.series === 'joined').length + 1
  const latest = past.reduce<Moment | undefined>((a, b) => (a && a.at > b.at ? a : b), undefined)
  // Told as urgently as those were who joined in time.
  return {
    ...refOf({ series: 'joined', n }),
    at: now,
    urgent: latest?.urgent ?? false,
    audiences: past.flatMap((m) => m.audiences),
  }
}

/** Until when nobody is told of a moment; minus infinity where everybody is: somebody has joined aloud since the last one. */
function silenceOf({ joins, silentUntil, fired }: PlanInput): Instant {
  const told = Math.max(0, ...fired.map((f) => f.joins))
  return joins <= told ? (silentUntil ?? -Infinity) : -Infinity
}

/** Whether nobody is told of it: all of it lay before somebody came without notice. */
export function isSilent({ audiences }: Pick<Firing, 'audiences'>): boolean {
  return audiences.length === 0
}

function layAhead({ at }: Missed, { now, startedAt, plannedAt }: PlanInput): boolean {
  return at >= Math.min(now, Math.max(startedAt, plannedAt ?? -Infinity))
}

/** A reminder is of use before the end of its day alone. */
function cannotWait({ at }: Missed, { now, dueAt, calendar, countyCalendar = calendar }: PlanInput): boolean {
  return at < dueAt && instantAt(countyCalendar.next(dayOf(now)), '00:00') >= dueAt
}

/** The latest moment of the schedule speaks for all that may speak; a join speaks only when nothing else does. */
function collapse(missed: Missed[], input: PlanInput): Firing | null {
  const latest = missed[missed.length - 1]
  if (!latest) return null
  const silentUntil = silenceOf(input)
  return {
    moment: latest.name,
    form: latest.form,
    at: latest.at,
    inTime: layAhead(latest, input) || cannotWait(latest, input),
    urgent: latest.urgent,
    audiences: distinctAudiences(missed.filter((m) => m.at > silentUntil).flatMap((m) => m.audiences)),
    collapsed: missed.slice(0, -1).map(({ name, form, at }) => ({ moment: name, form, at })),
  }
}
