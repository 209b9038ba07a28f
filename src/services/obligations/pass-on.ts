import type { ActionInput } from '../../domain/obligation/lifecycle.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { allOffices } from '../people/offices.ts'
import type { ActedOnRow } from './acted-on.ts'
import { colleaguesIn, nameHolder } from './assign.ts'
import { recordContact } from './contacts.ts'
import { acceptHandOver, endHandOver, heldByGiver, offerHandOver } from './hand-over.ts'
import { pendingHandOver } from './hand-overs.ts'
import { lastPerformed, limitElsewhere } from './moved-assignment.ts'
import { recordDecision } from './postpone.ts'
import type { By } from './suspend.ts'

/** What the history says of a hand-over: which offices, by the names they have today, how long the first had the work, and a day that moved. */
export async function passedOnDetail(
  tx: Sql,
  o: ActedOnRow,
  action: ActionInput,
  now: Instant,
): Promise<Record<string, unknown>> {
  if (action.action === 'offer-hand-over') return namesOf(tx, o.office, action.toOffice)
  if (action.action !== 'accept-hand-over') return {}
  const office = (await pendingHandOver(tx, o.id))?.toOffice ?? o.office
  const performed = await lastPerformed(tx, o.id)
  const heldDays = await heldByGiver(tx, o, performed, now)
  const { limit } = await limitElsewhere(tx, o.id, { ...performed, office }, performed.dueOn)
  const redated = limit.dueOn === performed.dueOn ? {} : { dueOn: limit.dueOn }
  return { ...(await namesOf(tx, o.office, office)), heldDays, ...redated }
}

/** Offices by their names. */
export async function namesOf(tx: Sql, from: string, to: string) {
  const offices = await allOffices(tx)
  const name = (code: string) => offices.find((office) => office.code === code)?.name ?? code
  return { fromName: name(from), toName: name(to) }
}

/**
 * Writes what an action means beyond the state that passes work on, to another office or to a person of its own, or tells of it by other
 * means, and lets whoever is concerned hear of it.
 * @returns false for any other action
 */
export async function passOn(tx: Sql, o: ActedOnRow, action: ActionInput, by: By): Promise<boolean> {
  const { now } = by
  switch (action.action) {
    case 'offer-hand-over':
      await offerHandOver(tx, o, action.toOffice, by)
      return true
    case 'accept-hand-over': {
      const to = (await pendingHandOver(tx, o.id))?.toOffice ?? o.office
      const { dueOn } = await acceptHandOver(tx, o, by)
      // Whoever gave it away hears that it went.
      await recordDecision(tx, o, action.action, { dueOn, office: o.office }, { now })
      // So does whoever has it now, where somebody above them took it over for them.
      if (!(await colleaguesIn(tx, to, now)).includes(by.actor.id))
        await recordDecision(tx, o, 'hand-over-decided', { dueOn }, { now })
      return true
    }
    case 'refuse-hand-over': {
      const dueOn = o.holderDueOn
      const tell = async () => {
        if (dueOn !== null) await recordDecision(tx, o, action.action, { dueOn }, { now })
      }
      await endHandOver(tx, o, 'refused', { ...by, before: tell })
      return true
    }
    case 'withdraw-hand-over':
      await endHandOver(tx, o, 'withdrawn', by)
      return true
    case 'take':
      await nameHolder(tx, o, by.actor.id, now)
      return true
    case 'put-back':
      await nameHolder(tx, o, null, now)
      return true
    case 'assign': {
      const dueOn = await nameHolder(tx, o, action.person, now)
      await recordDecision(tx, o, action.action, { dueOn }, { now })
      return true
    }
    case 'record-contact':
      await recordContact(tx, o, action, by)
      return true
    default:
      return false
  }
}
