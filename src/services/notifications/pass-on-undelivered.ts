import type { Instant } from '../../domain/time/days.ts'
import { ruleByCode } from '../../domain/escalation/policy.ts'
import { type Recipient, resolve } from '../../domain/escalation/recipients.ts'
import { nextRungAfter } from '../../domain/escalation/vacant-rung.ts'
import { type DeadlineRow, deadlineById } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import { notify, type Telling } from './notify.ts'
import { notificationsOfMail, type QueuedNotification } from './store.ts'
import { policyById } from '../schedule/policies.ts'
import type { Sql } from '../../db/pool.ts'

/** No mail gets there: each thing it told of passes on to the next rung at once, and the person is listed as not reached. */
export async function passOnUndelivered(
  tx: Sql,
  mail: { id: string; person: string },
  now: Instant,
): Promise<void> {
  for (const notification of await notificationsOfMail(tx, mail.id)) {
    const deadline =
      notification.deadline === null ? undefined : await deadlineById(tx, notification.deadline)
    if (deadline) await passOn(tx, notification, deadline, now)
    else await notify(tx, withoutDeadline(notification), now)
  }
}

/** A correction has nobody above to pass on to; that it did not arrive is listed all the same (R20). */
function withoutDeadline({ county, cause, person }: QueuedNotification): Telling {
  const undelivered = {
    office: county,
    role: 'holder',
    person,
    reason: 'undeliverable',
    passedTo: null,
  } as const
  const told = { cause: `${cause}/undelivered`, deadline: null, urgent: true, people: [] }
  return { ...told, county, notReached: [undelivered] }
}

async function passOn(
  tx: Sql,
  notification: QueuedNotification,
  deadline: DeadlineRow,
  now: Instant,
): Promise<void> {
  const rule = ruleByCode(await policyById(tx, deadline.policy), deadline.rule)
  const directory = await directoryAround(tx, deadline.office)
  const held = { office: deadline.office, person: null }
  let others: Recipient[] = []
  // The same person may stand on several rungs: up to the first where somebody else does.
  for (
    let next = nextRungAfter(notification.audience, rule, deadline.officeKind);
    next !== null && others.length === 0;
    next = nextRungAfter(next, rule, deadline.officeKind)
  )
    others = resolve([next], rule, held, directory, now).recipients.filter(
      (r) => r.personId !== notification.person,
    )
  await notify(
    tx,
    {
      county: deadline.county,
      cause: `${notification.cause}/undelivered`,
      deadline: deadline.id,
      about: {
        moment: notification.moment,
        momentForm: notification.momentForm,
        undeliveredTo: notification.person,
      },
      urgent: true,
      people: others.map(lineFor),
      notReached: [entryOf(notification, deadline, others[0]?.personId ?? null)],
    },
    now,
  )
}

function lineFor({ personId: person, audience }: Recipient) {
  return { person, audience, kind: 'passed-on' as const, detail: null }
}

function entryOf({ audience, person }: QueuedNotification, { office }: DeadlineRow, passedTo: string | null) {
  const role = audience?.to === 'rung' ? audience.roles.join(',') : 'holder'
  return { office, role, person, reason: 'undeliverable' as const, passedTo }
}
