import type { Instant } from '../../domain/time/days.ts'
import type { MomentForm } from '../../domain/escalation/moment-form.ts'
import type { Audience, Firing } from '../../domain/escalation/moments.ts'
import type { Rule } from '../../domain/escalation/policy.ts'
import { type Recipient, resolve } from '../../domain/escalation/recipients.ts'
import type { Vacancy } from '../../domain/escalation/vacant-rung.ts'
import { type DeadlineRow, recordFiring } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import { notify } from './notify.ts'
import type { NotificationKind } from './store.ts'
import type { Sql } from '../../db/pool.ts'

export type FiringContext = {
  deadline: DeadlineRow
  members: { count: number; person: string | null }
  firing: Firing
  rule: Rule
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
  await notify(
    tx,
    {
      county: deadline.county,
      cause: `${deadline.id}/${firing.moment}`,
      deadline: deadline.id,
      about: { moment: firing.moment, momentForm: firing.form, undeliveredTo: null },
      urgent: firing.urgent,
      notBefore: firing.at,
      people: told.recipients.map((r) => lineFor(r, firing.form)),
      notReached: told.vacant.map((v) => vacancyOf(v, deadline)),
    },
    now,
  )
}

/** Old data registered without notice: what had passed by then happens in silence, unless somebody joined since. */
function isSilent(deadline: DeadlineRow, firing: Firing): boolean {
  return deadline.joins === 0 && deadline.silentUntil !== null && firing.at <= deadline.silentUntil
}

async function recipientsOf(tx: Sql, { deadline, members, firing, rule, now }: FiringContext) {
  const directory = await directoryAround(tx, deadline.office)
  return resolve(firing.audiences, rule, { office: deadline.office, person: members.person }, directory, now)
}

function lineFor(recipient: Recipient, form: MomentForm) {
  const { personId: person, audience } = recipient
  return { person, audience, kind: notificationKindOf(recipient, form), detail: null }
}

function notificationKindOf(recipient: Recipient, { series }: MomentForm): NotificationKind {
  if (recipient.passedOn) return 'passed-on'
  const audience: Audience = recipient.audience
  if (audience.to === 'rung') return 'escalation'
  return series === 'assigned' ? 'assigned' : 'reminder'
}

function vacancyOf({ role, passedTo }: Vacancy, { office }: DeadlineRow) {
  return { office, role, person: null, reason: 'vacant' as const, passedTo }
}
