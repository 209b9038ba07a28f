import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { poke } from '../watching/pokes.ts'
import { roundsFor, type Timing } from './rounds.ts'
import { addNotifications, addNotReached, type NewNotification, type NotReached } from './store.ts'

type About = Pick<NewNotification, 'moment' | 'momentForm' | 'undeliveredTo'>
const NO_MOMENT: About = { moment: null, momentForm: null, undeliveredTo: null }

export type Telling = Timing & {
  county: string
  /** A cause tells a person once, however often it is given (decision 6). */
  cause: string
  /** What the lines are about; null for a correction. */
  deadline: string | null
  /** The moment that is told of, and in whose place; left out where none is. */
  about?: About
  people: readonly Pick<NewNotification, 'person' | 'kind' | 'audience' | 'detail'>[]
  /** Who should have been told and could not be. */
  notReached?: readonly Omit<NotReached, 'county' | 'cause'>[]
  /** What was accepted, where no open deadline says what the lines are about. */
  obligation?: string
}

/** The one way somebody is told something: a line in their digest, who was not reached, and word to the courier. */
export async function notify(tx: Sql, telling: Telling, now: Instant): Promise<void> {
  const { county, cause, deadline, obligation = null, about = NO_MOMENT, people, notReached = [] } = telling
  const common = { cause, deadline, obligation, ...about }
  await notifyTogether(
    tx,
    telling,
    people.map((line) => ({ ...common, ...line })),
    now,
  )
  await addNotReached(
    tx,
    notReached.map((entry) => ({ county, cause, ...entry })),
    now,
  )
}

/** Lines of several causes that are to be read equally soon. */
export async function notifyTogether(
  tx: Sql,
  { county, ...timing }: Timing & { county: string },
  lines: readonly Omit<NewNotification, 'county' | 'urgent' | 'roundAt'>[],
  now: Instant,
): Promise<void> {
  if (lines.length === 0) return
  const people = [...new Set(lines.map(({ person }) => person))]
  const rounds = await roundsFor(tx, county, timing, people, now)
  const common = { county, urgent: timing.urgent }
  const owed = lines.map((line) => ({ ...common, ...line, roundAt: rounds.get(line.person)! }))
  await Promise.all([addNotifications(tx, owed, now), poke(tx, 'courier', [county])])
}
