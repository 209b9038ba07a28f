import type { Instant } from '../../domain/time/days.ts'
import { ruleByCode } from '../../domain/escalation/policy.ts'
import { inPlaceOf, type InPlace } from '../../domain/escalation/in-place-of.ts'
import { type DeadlineRow, deadlineById } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import { notify } from './notify.ts'
import { notificationsOfMail, type NotReached, type QueuedNotification } from './store.ts'
import { policyById } from '../schedule/policies.ts'
import { row, rows, type Sql } from '../../db/pool.ts'

/** Why a line passes on: no mail gets there, or the mailbox has put it off for too long. */
export type PassReason = Extract<NotReached['reason'], 'undeliverable' | 'deferred'>

const SUFFIX: Record<PassReason, string> = { undeliverable: 'undelivered', deferred: 'deferred' }

/**
 * No mail gets there: each thing it told of passes on at once, to the next of the same role or to the next rung, and the person
 * is listed as not reached.
 */
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
    const others = asks ? await othersFor(tx, line, deadline, now) : null
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
        people: others ? linesFor(others) : [],
        notReached: [entryOf(line, deadline?.office ?? line.county, others?.people[0] ?? null, reason)],
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
 * The next of the same role, or the people of the next rung. A correction has nobody above to pass on to; that it did not
 * arrive is listed all the same (R20).
 */
async function othersFor(
  tx: Sql,
  line: QueuedNotification,
  deadline: DeadlineRow,
  now: Instant,
): Promise<InPlace | null> {
  const rule = ruleByCode(await policyById(tx, deadline.policy), deadline.rule)
  const directory = await directoryAround(tx, deadline.office)
  const held = { office: deadline.office, person: null }
  const { person, audience } = line
  const told = audience?.to === 'rung' ? await toldOnRung(tx, line, audience.rung) : []
  return inPlaceOf({ person, audience, told }, rule, held, directory, now)
}

/** Who has been told of this moment on this rung, whether or not it reached them. */
async function toldOnRung(
  tx: Sql,
  { deadline, moment }: QueuedNotification,
  rung: number,
): Promise<string[]> {
  const found = await rows<{ person: string }>(
    tx,
    `select distinct person from notifications
      where deadline = $1 and moment is not distinct from $2 and audience ->> 'to' = 'rung'
        and (audience ->> 'rung')::int = $3`,
    [deadline, moment, rung],
  )
  return found.map(({ person }) => person)
}

function linesFor({ people, audience }: InPlace) {
  return people.map((person) => ({ person, audience, kind: 'passed-on' as const, detail: null }))
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
