import { isUnder } from '../../domain/people/permissions.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Audience } from '../../domain/escalation/moments.ts'
import { nextRound } from '../../domain/time/office-hours.ts'
import { ruleByCode } from '../../domain/escalation/policy.ts'
import { holders } from '../../domain/escalation/directory.ts'
import { resolve } from '../../domain/escalation/recipients.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { type DeadlineRow, deadlineById } from '../deadlines/store.ts'
import { directoryAround } from '../people/directory.ts'
import { withdrawMails } from '../notifications/outbox.ts'
import {
  addNotifications,
  addNotReached,
  markMoot,
  notificationsOfMail,
  notificationsOwedTo,
  type QueuedNotification,
} from '../notifications/store.ts'
import { counties, county as countySettings } from '../people/offices.ts'
import { policyById } from '../schedule/policies.ts'
import { unassignOpen } from '../obligations/assignments.ts'
import { poke } from '../watching/pokes.ts'
import { rows, type Sql } from '../../db/pool.ts'
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
  await passOnOwed(tx, user.id, at)
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
async function passOnOwed(tx: Sql, person: string, at: At): Promise<void> {
  const owed = await notificationsOwedTo(tx, person)
  for (const mail of await withdrawMails(tx, person, '收件人的账号已停用,没有发出。', at))
    for (const notice of await notificationsOfMail(tx, mail))
      owed.push({ ...notice, roundAt: await roundAfter(tx, notice.county, at.now) })
  for (const notice of owed) {
    const deadline = notice.deadline === null ? undefined : await deadlineById(tx, notice.deadline)
    if (deadline && notice.audience)
      await passOnToAudience(tx, notice, { deadline, audience: notice.audience }, at.now)
    else await passToSupervisors(tx, notice, at.now)
  }
  await markMoot(
    tx,
    owed.map((n) => n.id),
  )
}

/** A correction belongs to no deadline, so the county's supervisors get it. */
async function passToSupervisors(tx: Sql, notice: QueuedNotification, now: Instant): Promise<void> {
  const people = await whoSupervises(tx, notice.county, now)
  await addNotifications(
    tx,
    people.map((person) => ({ ...notice, person })),
    now,
  )
  await poke(tx, 'courier', [notice.county])
}

async function roundAfter(tx: Sql, county: string, now: Instant): Promise<Instant> {
  const { hours } = await countySettings(tx, county)
  return nextRound(now, hours, await readCalendar(tx))
}

async function passOnToAudience(
  tx: Sql,
  notice: QueuedNotification,
  { deadline, audience }: { deadline: DeadlineRow; audience: Audience },
  now: Instant,
): Promise<void> {
  const { county, office } = deadline
  const { cause, kind, urgent, roundAt, detail, moment, momentForm, undeliveredTo } = notice
  const rule = ruleByCode(await policyById(tx, deadline.policy), deadline.rule)
  const directory = await directoryAround(tx, office)
  const told = resolve([audience], rule, { office, person: null }, directory, now)
  await addNotifications(
    tx,
    told.recipients.map((r) => ({
      ...{ county, cause, urgent, roundAt, detail, deadline: deadline.id },
      ...{ moment, momentForm, undeliveredTo },
      ...{ kind: r.passedOn ? 'passed-on' : kind, person: r.personId, audience: r.audience },
    })),
    now,
  )
  const vacant = { county, cause, office, person: null, reason: 'vacant' as const }
  await addNotReached(
    tx,
    told.vacant.map((v) => ({ ...vacant, ...v })),
    now,
  )
  await poke(tx, 'courier', [county])
}

type CountyNews = { county: string; user: Leaver; held: number }

async function tellCounty(tx: Sql, change: CountyNews, { now, wallNow }: At): Promise<void> {
  const { county, user, held } = change
  const cause = `disabled/${user.id}/${wallNow}`
  const matters = held > 0 ? `名下 ${held} 件未办结事项已转由所在单位承办` : '名下没有未办结的事项'
  const detail = `${await workplaces(tx, user)}${user.name}的账号已停用,${matters};请确认该单位仍有人经办。`
  const people = await whoSupervises(tx, county, now)
  const about = { deadline: null, moment: null, momentForm: null, undeliveredTo: null, audience: null }
  const notice = { county, cause, ...about, detail, urgent: false }
  const roundAt = await roundAfter(tx, county, now)
  await addNotifications(
    tx,
    people.map((person) => ({ ...notice, kind: 'correction', person, roundAt })),
    now,
  )
  const nobody = { county, cause, office: county, role: 'relief-centre', person: null, passedTo: null }
  if (people.length === 0) await addNotReached(tx, [{ ...nobody, reason: 'vacant' }], now)
  await poke(tx, 'courier', [county])
}

async function workplaces(tx: Sql, { roles }: Leaver): Promise<string> {
  const codes = roles.map((r) => r.office)
  const found = await rows<{ name: string }>(
    tx,
    'select name from offices where code = any($1) order by code',
    [codes],
  )
  return found.map((f) => f.name).join('、')
}

/** The relief centre's people; the bureau's leaders when it has none. */
async function whoSupervises(tx: Sql, county: string, now: Instant): Promise<string[]> {
  const directory = await directoryAround(tx, county)
  const offices = [...directory.offices.keys()].filter((code) => isUnder(code, county))
  const centre = holders('relief-centre', offices, directory, now)
  return centre.length > 0 ? centre : holders('bureau-leader', offices, directory, now)
}
