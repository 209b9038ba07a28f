import { isUnder } from '../../domain/people/permissions.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Audience } from '../../domain/escalation/audience.ts'
import { ruleByCode } from '../../domain/escalation/policy.ts'
import { holders } from '../../domain/escalation/directory.ts'
import { resolve } from '../../domain/escalation/recipients.ts'
import { type DeadlineRow, deadlineById } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import { withdrawMails } from '../notifications/outbox.ts'
import { notify, type Telling } from '../notifications/notify.ts'
import { regularRound } from '../notifications/rounds.ts'
import {
  markMoot,
  notificationsOfMail,
  notificationsOwedTo,
  type QueuedNotification,
} from '../notifications/store.ts'
import { counties } from '../people/offices.ts'
import { policyById } from '../schedule/policies.ts'
import { unassignOpen } from '../obligations/assignments.ts'
import { poke } from '../watching/pokes.ts'
import type { Sql } from '../../db/pool.ts'
import { offices } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'
import { closeAccount } from '../access/account-state.ts'

export type Leaver = { id: string; name: string; roles: readonly { office: string }[] }
type At = { now: Instant; wallNow: Instant }

/**
 * Disables an account and passes its work on, so that no reminder vanishes with a user (R17). Role: the owner,
 * who may do both. @returns how many obligations went back to their office
 */
export async function disableUser(tx: Sql, user: Leaver, at: At): Promise<number> {
  await closeAccount(tx, user.id, at.wallNow)
  return reassignWorkOf(tx, user, at)
}

/**
 * Gives the person's assignments back to their office and queued notifications to whoever now has the role, and
 * tells the relief centre. @returns how many obligations
 */
export async function reassignWorkOf(tx: Sql, user: Leaver, at: At): Promise<number> {
  const held = await unassignPerson(tx, user.id, null)
  await passOnQueuedNotifications(tx, user.id, at)
  for (const { office } of await counties(tx))
    if (user.roles.some((r) => isUnder(r.office, office)))
      await tellCounty(tx, { county: office, user, held }, at)
  return held
}

/**
 * Removes the person from open assignments, so that the whole office holds them. @param office only that
 * office's; null for all @returns how many
 */
export async function unassignPerson(tx: Sql, person: string, office: string | null): Promise<number> {
  const deadlines = await unassignOpen(tx, person, office)
  await poke(tx, 'deadline', [...new Set(deadlines)])
  return deadlines.length
}

/**
 * Passes on what was queued for the person, or is in a mail that has not left. Whoever has the role now gets it,
 * in the same round if that is still ahead.
 */
async function passOnQueuedNotifications(tx: Sql, person: string, at: At): Promise<void> {
  const owed = await notificationsOwedTo(tx, person)
  for (const mail of await withdrawMails(tx, person, '收件人的账号已停用,没有发出。', at))
    for (const notification of await notificationsOfMail(tx, mail))
      owed.push({ ...notification, roundAt: await regularRound(tx, notification.county, at.now) })
  for (const notification of owed) {
    const { county, cause, deadline, obligation, urgent, roundAt, moment, momentForm, undeliveredTo } =
      notification
    const about = { moment, momentForm, undeliveredTo }
    const others = await othersFor(tx, notification, at.now)
    const what = { cause, deadline, about, ...(obligation === null ? {} : { obligation }) }
    await notify(tx, { county, ...what, urgent, roundAt, ...others }, at.now)
  }
  await markMoot(
    tx,
    owed.map((n) => n.id),
  )
}

type Others = Pick<Telling, 'people' | 'notReached'>

/** A correction belongs to no deadline, so the county's supervisors get it. */
async function othersFor(tx: Sql, notification: QueuedNotification, now: Instant): Promise<Others> {
  const { county, kind, audience, detail } = notification
  const deadline = notification.deadline === null ? undefined : await deadlineById(tx, notification.deadline)
  if (deadline && audience) return thoseWhoStandThere(tx, notification, { deadline, audience }, now)
  const people = await whoSupervises(tx, county, now)
  return { people: people.map((person) => ({ person, kind, audience, detail })) }
}

async function thoseWhoStandThere(
  tx: Sql,
  { kind, detail }: QueuedNotification,
  { deadline, audience }: { deadline: DeadlineRow; audience: Audience },
  now: Instant,
): Promise<Others> {
  const { office } = deadline
  const rule = ruleByCode(await policyById(tx, deadline.policy), deadline.rule)
  const directory = await directoryAround(tx, office)
  const told = resolve([audience], rule, { office, person: null }, directory, now)
  // What was passed concerns whoever did it: nobody above has to hear of it in their place.
  const recipients = told.recipients.filter(({ passedOn }) => !passedOn || kind !== 'accepted')
  return {
    people: recipients.map(({ personId: person, audience, passedOn }) => ({
      ...{ person, audience, detail },
      kind: passedOn ? ('passed-on' as const) : kind,
    })),
    notReached: told.vacant.map((v) => ({ office, person: null, ...v })),
  }
}

type CountyNews = { county: string; user: Leaver; held: number }

async function tellCounty(tx: Sql, change: CountyNews, { now, wallNow }: At): Promise<void> {
  const { county, user, held } = change
  const handedOver = held > 0 ? `名下 ${held} 件未办结事项已转由所在单位承办` : '名下没有未办结的事项'
  const detail = `${await workplaces(tx, user)}${user.name}的账号已停用,${handedOver};请确认该单位仍有人经办。`
  const people = await whoSupervises(tx, county, now)
  const line = { kind: 'correction', audience: null, detail } as const
  const nobody = {
    office: county,
    role: 'relief-centre',
    person: null,
    passedTo: null,
    reason: 'vacant',
  } as const
  await notify(
    tx,
    {
      county,
      cause: `disabled/${user.id}/${wallNow}`,
      deadline: null,
      urgent: false,
      people: people.map((person) => ({ ...line, person })),
      notReached: people.length === 0 ? [nobody] : [],
    },
    now,
  )
}

async function workplaces(tx: Sql, { roles }: Leaver): Promise<string> {
  const codes = roles.map((r) => r.office)
  const theirs = 'from offices o where code = any($1) order by code'
  const found = await selectRows(tx, columns(offices, 'o', ['name']), theirs, [codes])
  return found.map((f) => f.name).join('、')
}

/** The relief centre's people; the bureau's leaders when it has none. */
async function whoSupervises(tx: Sql, county: string, now: Instant): Promise<string[]> {
  const directory = await directoryAround(tx, county)
  const offices = [...directory.offices.keys()].filter((code) => isUnder(code, county))
  const centre = holders('relief-centre', offices, directory, now)
  return centre.length > 0 ? centre : holders('bureau-leader', offices, directory, now)
}
