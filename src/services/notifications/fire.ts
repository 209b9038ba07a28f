import type { Calendar } from '../../domain/time/calendar.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { MomentForm } from '../../domain/escalation/moment-form.ts'
import type { Audience, Firing } from '../../domain/escalation/moments.ts'
import { nextOpening, nextRound, type OfficeHours } from '../../domain/time/office-hours.ts'
import type { Rule } from '../../domain/escalation/policy.ts'
import { type Recipient, resolve } from '../../domain/escalation/recipients.ts'
import type { Vacancy } from '../../domain/escalation/vacant-rung.ts'
import { type DeadlineRow, recordFiring } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import {
  addNotifications,
  addNotReached,
  type NewNotification,
  type NotificationKind,
  roundHasLeft,
} from './store.ts'
import { poke } from '../watching/pokes.ts'
import type { Sql } from '../../db/pool.ts'

export type FiringContext = {
  deadline: DeadlineRow
  members: { count: number; person: string | null }
  firing: Firing
  rule: Rule
  calendar: Calendar
  hours: OfficeHours
  now: Instant
}

/** A moment happens: it is recorded, everybody on its rungs is owed a line, and the courier is told. Once (decision 6). */
export async function fire(tx: Sql, context: FiringContext): Promise<void> {
  const { deadline, members, firing, now } = context
  const silent = isSilent(deadline, firing)
  const told = silent ? { recipients: [], vacant: [] } : await recipientsOf(tx, context)
  const fresh = await recordFiring(
    tx,
    {
      deadline: deadline.id,
      moment: firing.moment,
      form: firing.form,
      at: firing.at,
      collapsed: firing.collapsed,
      joins: deadline.joins,
      openCount: members.count,
      notifiedCount: told.recipients.length,
    },
    now,
  )
  if (!fresh || silent) return
  const roundAt = await roundOf(tx, context)
  const cause = `${deadline.id}/${firing.moment}`
  await addNotifications(
    tx,
    told.recipients.map((r) => noticeOf(r, { cause, deadline, firing, roundAt })),
    now,
  )
  await addNotReached(
    tx,
    told.vacant.map((v) => vacancyOf(v, { cause, deadline })),
    now,
  )
  await poke(tx, 'courier', [deadline.county])
}

/** Old data registered without notice: what had passed by then happens in silence, unless somebody joined since. */
function isSilent(deadline: DeadlineRow, firing: Firing): boolean {
  return deadline.joins === 0 && deadline.silentUntil !== null && firing.at <= deadline.silentUntil
}

async function recipientsOf(tx: Sql, { deadline, members, firing, rule, now }: FiringContext) {
  const directory = await directoryAround(tx, deadline.office)
  return resolve(firing.audiences, rule, { office: deadline.office, person: members.person }, directory, now)
}

/** Urgent: now, or when the office next opens. Otherwise the next regular round that has not left yet (decision 5). */
async function roundOf(tx: Sql, { deadline, firing, hours, calendar, now }: FiringContext): Promise<Instant> {
  if (firing.urgent) return nextOpening(now, hours, calendar)
  const round = nextRound(Math.max(firing.at, now), hours, calendar)
  return (await roundHasLeft(tx, deadline.county, round)) ? nextRound(round + 1, hours, calendar) : round
}

type Telling = { cause: string; deadline: DeadlineRow; firing: Firing; roundAt: Instant }

function noticeOf(recipient: Recipient, { cause, deadline, firing, roundAt }: Telling): NewNotification {
  return {
    county: deadline.county,
    cause,
    kind: kindOf(recipient, firing.form),
    person: recipient.personId,
    deadline: deadline.id,
    moment: firing.moment,
    momentForm: firing.form,
    undeliveredTo: null,
    audience: recipient.audience,
    detail: null,
    urgent: firing.urgent,
    roundAt,
  }
}

function kindOf(recipient: Recipient, { series }: MomentForm): NotificationKind {
  if (recipient.passedOn) return 'passed-on'
  const audience: Audience = recipient.audience
  if (audience.to === 'rung') return 'escalation'
  return series === 'assigned' ? 'assigned' : 'reminder'
}

function vacancyOf(vacancy: Vacancy, { cause, deadline }: { cause: string; deadline: DeadlineRow }) {
  const { county, office } = deadline
  return {
    county,
    cause,
    office,
    role: vacancy.role,
    person: null,
    reason: 'vacant' as const,
    passedTo: vacancy.passedTo,
  }
}
