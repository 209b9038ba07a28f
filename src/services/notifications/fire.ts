import type { Instant } from '../../domain/time/days.ts'
import { type MomentForm, tellsBeginning } from '../../domain/escalation/moment-form.ts'
import { type Firing, isSilent } from '../../domain/escalation/moments.ts'
import { kindFor } from '../../domain/escalation/notification-kind.ts'
import type { Rule } from '../../domain/escalation/policy.ts'
import { type Recipient, resolve } from '../../domain/escalation/recipients.ts'
import { type DeadlineRow, recordFiring } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import { notify } from './notify.ts'
import type { Timing } from './rounds.ts'
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
  const silent = isSilent(firing)
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
      ...timingOf(firing),
      people: told.recipients.map((r) => lineFor(r, firing.form, deadline, now)),
      notReached: told.vacant.map((v) => ({ ...v, office: deadline.office, person: null })),
    },
    now,
  )
}

async function recipientsOf(tx: Sql, { deadline, members, firing, rule, now }: FiringContext) {
  const directory = await directoryAround(tx, deadline.office)
  return resolve(firing.audiences, rule, { office: deadline.office, person: members.person }, directory, now)
}

function lineFor(recipient: Recipient, form: MomentForm, deadline: DeadlineRow, now: Instant) {
  const { personId: person, audience } = recipient
  return { person, audience, kind: kindFor(recipient, form, deadline, now), detail: null }
}

/** What begins can wait for the morning, and so can what a change put into the past; what the schedule names a time for has its own round. */
export function timingOf({ form, at, inTime, urgent }: Firing): Timing {
  if (tellsBeginning(form)) return { urgent }
  return inTime ? { urgent, notBefore: at } : { urgent, onMorning: true }
}
