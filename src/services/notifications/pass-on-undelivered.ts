import type { Instant } from '../../domain/time/days.ts'
import { ruleByCode } from '../../domain/escalation/policy.ts'
import { type Recipient, resolve } from '../../domain/escalation/recipients.ts'
import { nextRungAfter } from '../../domain/escalation/vacant-rung.ts'
import { type DeadlineRow, deadlineById } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import { notify } from './notify.ts'
import { notificationsOfMail, type NotReached, type QueuedNotification } from './store.ts'
import { policyById } from '../schedule/policies.ts'
import { row, type Sql } from '../../db/pool.ts'

/** Why a line passes on: no mail gets there, or the mailbox has put it off for too long. */
export type PassReason = Extract<NotReached['reason'], 'undeliverable' | 'deferred'>

const SUFFIX: Record<PassReason, string> = { undeliverable: 'undelivered', deferred: 'deferred' }

/** No mail gets there: each thing it told of passes on to the next rung at once, and the person is listed as not reached. */
export async function passOnUndelivered(tx: Sql, mail: { id: string }, now: Instant): Promise<void> {
  await passOnAll(tx, await notificationsOfMail(tx, mail.id), 'undeliverable', now)
}

/** What it told of passes on beside going on trying. A line passes on once, whether put off or undelivered. */
export async function passOnAll(
  tx: Sql,
  lines: readonly QueuedNotification[],
  reason: PassReason,
  now: Instant,
): Promise<void> {
  for (const line of lines) {
    const deadline = line.deadline === null ? undefined : await deadlineById(tx, line.deadline)
    const asks = deadline && asksSomething(line) && !(await hasPassedOn(tx, line))
    const others = asks ? await othersAbove(tx, line, deadline, now) : []
    await notify(
      tx,
      {
        county: line.county,
        cause: `${line.cause}/${SUFFIX[reason]}`,
        deadline: deadline?.id ?? null,
        about: deadline
          ? { moment: line.moment, momentForm: line.momentForm, undeliveredTo: line.person }
          : { moment: null, momentForm: null, undeliveredTo: null },
        urgent: true,
        people: others.map(lineFor),
        notReached: [entryOf(line, deadline?.office ?? line.county, others[0]?.personId ?? null, reason)],
      },
      now,
    )
  }
}

/** What was passed and a copy ask nothing of their reader, so nobody has to do it in their place. */
function asksSomething({ kind }: QueuedNotification): boolean {
  return kind !== 'accepted' && kind !== 'copied'
}

/** It passed on while its mail was put off, before the mail came back. */
async function hasPassedOn(tx: Sql, { cause, person }: QueuedNotification): Promise<boolean> {
  return (
    (await row(tx, 'select 1 from not_reached where cause = any($1) and person = $2 limit 1', [
      Object.values(SUFFIX).map((suffix) => `${cause}/${suffix}`),
      person,
    ])) !== undefined
  )
}

/**
 * The people of the next rung where somebody else stands: the same person may stand on several. A correction has nobody above
 * to pass on to; that it did not arrive is listed all the same (R20).
 */
async function othersAbove(
  tx: Sql,
  line: QueuedNotification,
  deadline: DeadlineRow,
  now: Instant,
): Promise<Recipient[]> {
  const rule = ruleByCode(await policyById(tx, deadline.policy), deadline.rule)
  const directory = await directoryAround(tx, deadline.office)
  const held = { office: deadline.office, person: null }
  let others: Recipient[] = []
  for (
    let next = nextRungAfter(line.audience, rule, deadline.officeKind);
    next !== null && others.length === 0;
    next = nextRungAfter(next, rule, deadline.officeKind)
  )
    others = resolve([next], rule, held, directory, now).recipients.filter((r) => r.personId !== line.person)
  return others
}

function lineFor({ personId: person, audience }: Recipient) {
  return { person, audience, kind: 'passed-on' as const, detail: null }
}

function entryOf(
  { audience, person }: QueuedNotification,
  office: string,
  passedTo: string | null,
  reason: PassReason,
) {
  const role = audience?.to === 'rung' ? audience.roles.join(',') : 'holder'
  return { office, role, person, reason, passedTo }
}
