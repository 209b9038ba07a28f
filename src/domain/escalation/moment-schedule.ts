import type { Calendar } from '../time/calendar.ts'
import { type Day, type Instant, instantAt } from '../time/days.ts'
import { type OfficeHours, openingOf } from '../time/office-hours.ts'
import type { OfficeKind } from '../obligation/vocabulary.ts'
import type { Audience } from './audience.ts'
import { type MomentForm, momentName } from './moment-form.ts'
import type { Reminder, Rule, Rung } from './policy.ts'
import { audiencesOf, rungOf, rungsFor } from './rung-audiences.ts'

/** A moment by its key and as data. */
export type MomentRef = { name: string; form: MomentForm }
/** A planned reminder or escalation 节点. `at`: the round it leaves in; `decideAt`: when it is decided, a little earlier. */
export type Moment = MomentRef & { at: Instant; decideAt: Instant; audiences: Audience[]; urgent: boolean }

export type FiredMoment = { moment: string; form: MomentForm; joins: number }

/** What places the moments of a deadline. */
export type Schedule = {
  dueOn: Day
  dueAt: Instant
  rule: Rule
  officeKind: OfficeKind
  /** Earliest start of the deadline's members. */
  startedAt: Instant
  /** What lay before somebody came without notice, with nobody else there: it happens in silence unless somebody joined since. */
  silentUntil?: Instant | null
  /** What happened so far: a repeat that was sent keeps its number. */
  fired: readonly FiredMoment[]
  spreadMs: number
  calendar: Calendar
  hours: OfficeHours
}

const MINUTE = 60_000

/** A moment by its form. */
export function refOf(form: MomentForm): MomentRef {
  return { name: momentName(form), form }
}

/** Every moment in the order of its decision; endless where the rule repeats. */
export function* momentsOf(input: Schedule): Generator<Moment> {
  const before = remindersOf(input).sort((a, b) => a.decideAt - b.decideAt)
  yield* before
  yield* escalationsOf(input)
}

function remindersOf(input: Schedule): Moment[] {
  const { calendar, dueOn } = input
  const reference = calendar.isWorking(dueOn) ? dueOn : calendar.previous(dueOn)
  return input.rule.reminders.flatMap((reminder) => reminderMoment(reminder, reference, input))
}

/** `accepted` is no moment of a deadline: nothing is left open then, and the action itself tells of it. */
function reminderMoment(reminder: Reminder, reference: Day, input: Schedule): Moment | [] {
  const { calendar, hours, spreadMs, startedAt } = input
  const audiences: Audience[] = [{ to: 'holder' }]
  const decided = (form: MomentForm, at: Instant): Moment => ({
    ...refOf(form),
    at,
    decideAt: at - spreadMs,
    audiences,
    urgent: false,
  })
  switch (reminder.when) {
    case 'assigned':
    case 'submitted':
    case 'returned':
    case 'paused':
    case 'requested':
    case 'offered': {
      const ref = refOf({ series: reminder.when })
      return { ...ref, at: startedAt, decideAt: startedAt, audiences, urgent: reminder.urgent }
    }
    case 'accepted':
      return []
    case 'before': {
      const { workingDays } = reminder
      return decided(
        { series: 'before', workingDays },
        openingOf(calendar.add(reference, -workingDays), hours),
      )
    }
    case 'due-day':
      return reminder.time === undefined
        ? decided({ series: 'due-day' }, openingOf(reference, hours))
        : decided({ series: 'due-day', time: reminder.time }, instantAt(reference, reminder.time))
  }
}

function* escalationsOf(input: Schedule): Generator<Moment> {
  yield* rungMoments(input)
  yield* repeatsOf(rungsFor(input.rule, input.officeKind), input)
}

/** The rungs of a ladder in their order, as the due day places them. */
function rungMoments(input: Schedule): Moment[] {
  return rungsFor(input.rule, input.officeKind).map((rung, i) =>
    lateMoment({ series: 'rung', n: i + 1 }, rung.afterWorkingDays, audiencesOf(rung, i + 1), input),
  )
}

/**
 * Repeats count from the first one after the start, or after a silence: what lay before it was never sent, so it has no number, also
 * where somebody joined aloud since (they are told by a moment of their own). What was sent keeps its number, and the next one goes on
 * from it. Their keys count from the due day, so that a firing stays what it was recorded as.
 */
function* repeatsOf(rungs: Rung[], input: Schedule): Generator<Moment> {
  const { repeat } = input.rule
  if (!repeat) return
  const audiences = audiencesOf(repeat, rungOf(repeat.roles, rungs))
  const last = rungs[rungs.length - 1]?.afterWorkingDays ?? 0
  const floor = Math.max(input.startedAt, input.silentUntil ?? -Infinity)
  const numbers = new Map(input.fired.map(({ moment, form }) => [moment, numberOf(form)]))
  let sent = 0
  for (let ordinal = 1; ; ordinal++) {
    const name = momentName({ series: 'repeat', n: ordinal })
    const n = numbers.get(name) ?? sent + 1
    const moment = lateMoment(
      { series: 'repeat', n },
      last + ordinal * repeat.everyWorkingDays,
      audiences,
      input,
    )
    if (moment.at <= floor && !numbers.has(name)) continue
    sent = Math.max(sent, n)
    yield { ...moment, name }
  }
}

function numberOf(form: MomentForm): number | undefined {
  return form.series === 'repeat' ? form.n : undefined
}

/** “late +n”: at opening on the n-th working day after the due day. */
function lateMoment(form: MomentForm, workingDays: number, audiences: Audience[], input: Schedule): Moment {
  const at = openingOf(input.calendar.add(input.dueOn, workingDays), input.hours)
  return { ...refOf(form), at, decideAt: at - input.spreadMs, audiences, urgent: false }
}

/** Spreads decisions over the 25 minutes before a round, the same for the same deadline every time (decision 5). */
export function spreadOf(id: string): number {
  let hash = 2166136261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619) >>> 0
  return ((hash % 25) + 1) * MINUTE
}
