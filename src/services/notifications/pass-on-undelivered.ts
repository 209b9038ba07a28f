import type { Instant } from '../../domain/time/days.ts'
import { nextOpening } from '../../domain/time/office-hours.ts'
import { ruleByCode } from '../../domain/escalation/policy.ts'
import { type Recipient, resolve } from '../../domain/escalation/recipients.ts'
import { nextRungAfter } from '../../domain/escalation/vacant-rung.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { type DeadlineRow, deadlineById } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import { addNotifications, addNotReached, notificationsOfMail, type QueuedNotification } from './store.ts'
import { county } from '../people/offices.ts'
import { policyById } from '../schedule/policies.ts'
import { poke } from '../watching/pokes.ts'
import type { Sql } from '../../db/pool.ts'

/** No mail gets there: each thing it told of passes on to the next rung at once, and the person is listed as not reached. */
export async function passOnUndelivered(
  tx: Sql,
  mail: { id: string; person: string },
  now: Instant,
): Promise<void> {
  for (const notice of await notificationsOfMail(tx, mail.id)) {
    const deadline = notice.deadline === null ? undefined : await deadlineById(tx, notice.deadline)
    if (deadline) await passOn(tx, notice, deadline, now)
    else await addNotReached(tx, [withoutDeadline(notice)], now)
  }
}

/** A correction has nobody above to pass on to; that it did not arrive is listed all the same (R20). */
function withoutDeadline({ county: home, cause, person }: QueuedNotification) {
  const undelivered = { cause: `${cause}/undelivered`, reason: 'undeliverable' as const, passedTo: null }
  return { ...undelivered, county: home, office: home, role: 'holder', person }
}

async function passOn(
  tx: Sql,
  notice: QueuedNotification,
  deadline: DeadlineRow,
  now: Instant,
): Promise<void> {
  const rule = ruleByCode(await policyById(tx, deadline.policy), deadline.rule)
  const directory = await directoryAround(tx, deadline.office)
  const held = { office: deadline.office, person: null }
  let others: Recipient[] = []
  // The same person may stand on several rungs: up to the first where somebody else does.
  for (
    let next = nextRungAfter(notice.audience, rule, deadline.officeKind);
    next !== null && others.length === 0;
    next = nextRungAfter(next, rule, deadline.officeKind)
  )
    others = resolve([next], rule, held, directory, now).recipients.filter(
      (r) => r.personId !== notice.person,
    )
  const cause = `${notice.cause}/undelivered`
  const { hours } = await county(tx, deadline.county)
  const roundAt = nextOpening(now, hours, await readCalendar(tx))
  await addNotifications(
    tx,
    others.map((r) => ({
      county: deadline.county,
      cause,
      kind: 'passed-on' as const,
      person: r.personId,
      deadline: deadline.id,
      moment: notice.moment,
      momentForm: notice.momentForm,
      undeliveredTo: notice.person,
      audience: r.audience,
      detail: null,
      urgent: true,
      roundAt,
    })),
    now,
  )
  await addNotReached(tx, [entryOf(notice, deadline, cause, others[0]?.personId ?? null)], now)
  await poke(tx, 'courier', [deadline.county])
}

function entryOf(notice: QueuedNotification, deadline: DeadlineRow, cause: string, passedTo: string | null) {
  const { county: home, office } = deadline
  const role = notice.audience?.to === 'rung' ? notice.audience.roles.join(',') : 'holder'
  return {
    county: home,
    cause,
    office,
    role,
    person: notice.person,
    reason: 'undeliverable' as const,
    passedTo,
  }
}
