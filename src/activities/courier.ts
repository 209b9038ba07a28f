import { earlierOf, type Instant } from '../domain/time/days.ts'
import { isOpen, nextOpening } from '../domain/time/office-hours.ts'
import type { CourierAnswer } from '../contract/workflows.ts'
import { nextKeptRound } from '../services/notifications/kept-round.ts'
import { addDailyCheck, nextDailyCheck } from '../services/accounting/daily-check.ts'
import { processOffboardings } from '../services/offboarding/queue.ts'
import { releaseHeldMail } from '../services/notifications/held-mail.ts'
import { mailHours } from '../services/notifications/mail-hours.ts'
import { processMailOrders } from '../services/notifications/mail-orders.ts'
import { nextAttempt } from '../services/notifications/outbox.ts'
import { linkSuperseded, type Superseded, supersedeStale } from '../services/notifications/stale-mails.ts'
import { tellAccepted } from '../services/notifications/tell-accepted.ts'
import { tellDecisions } from '../services/notifications/tell-decisions.ts'
import { tellBrokenPromises } from '../services/notifications/tell-promises.ts'
import { tellDueChanges } from '../services/notifications/tell-due-changes.ts'
import { addWeeklyStanding, nextStandingRound } from '../services/notifications/weekly-standing.ts'
import { nextMailWake, passOnDeferred, waitingMails } from '../services/notifications/waiting-mails.ts'
import { nextTelling, readWhatWaits, type WhatWaits } from '../services/notifications/what-waits.ts'
import { county, type County } from '../services/people/offices.ts'
import { readCountyCalendar } from '../services/schedule/calendar.ts'
import { keepReads } from '../db/kept-reads.ts'
import type { Sql } from '../db/pool.ts'
import { composeRound } from '../services/notifications/compose.ts'
import type { BaseDeps, LetterDeps } from '../services/deps.ts'
import { type TickTime } from '../services/schedule/tick-time.ts'
import { tick } from './tick.ts'

export type CourierActivities = ReturnType<typeof createCourierActivities>

/** A round that is this late has waited for an outage to end: it leaves in office hours, like a retry. */
const LATE_ROUND_MS = 60 * 60_000

export function createCourierActivities(deps: BaseDeps & { letters: LetterDeps }) {
  return {
    /** Composes the round that is due, and says whether mails wait to leave and when to ask again. */
    async tickCourier(countyOffice: string, poke: number): Promise<CourierAnswer> {
      const answered = await tick(
        deps,
        { kind: 'courier', subject: countyOffice },
        poke,
        async (tx, time) => {
          const home = await lockCounty(tx, countyOffice)
          const [waits] = await Promise.all([
            readWhatWaits(tx, home.office),
            keepReads(tx, deps.pool, ['calendar']),
          ])
          const resent = await doWhatWasAsked(tx, home, time, waits)
          if (home.mailState === 'opening') await releaseHeldMail(tx, home.office, time.now)
          const isUnchanged = !waits.departures && !waits.orders && home.mailState === 'open'
          const left = isUnchanged ? waits : await readWhatWaits(tx, home.office)
          if (home.mailState !== 'preparing')
            await composeWhatIsDue(tx, deps.letters, home, time, { waits: left, resent })
          const [wakeAt, extra] = await Promise.all([nextWake(tx, home, time), outboxState(tx, home, time)])
          return { next: { wakeAt, done: false }, extra }
        },
      )
      const { retryInMs, ...answer } = answered
      return { ...answer, waitMs: earlierOf(answer.waitMs, retryInMs) }
    },
  }
}

/** Locks the county, so that two wakes of one courier cannot compose the same round. */
async function lockCounty(tx: Sql, office: string): Promise<County> {
  const lock = tx.query('select 1 from counties where office = $1 for no key update', [office])
  const [, home] = await Promise.all([lock, county(tx, office)])
  return home
}

/** Passes on the work of whoever left, and does what routes asked of mails. @returns the mails that are composed anew */
async function doWhatWasAsked(
  tx: Sql,
  home: County,
  time: TickTime,
  { departures, orders }: WhatWaits,
): Promise<Superseded[]> {
  if (departures) await processOffboardings(tx, home.office, time)
  return orders ? processMailOrders(tx, home, time) : []
}

/**
 * What was passed and a week that begins are owed their lines; what waited is passed on or composed anew, together with the
 * round that is due and what somebody asked to send again.
 */
async function composeWhatIsDue(
  tx: Sql,
  letters: LetterDeps,
  home: County,
  time: TickTime,
  { waits, resent }: { waits: WhatWaits; resent: readonly Superseded[] },
): Promise<void> {
  if (waits.acceptances) await tellAccepted(tx, home.office, time.now)
  if (waits.decisions) await tellDecisions(tx, home, time.now)
  if (waits.promisedOn !== null) await tellBrokenPromises(tx, home, time.now)
  if (waits.dueChanges) await tellDueChanges(tx, home, time.now)
  await addWeeklyStanding(tx, home, time.now)
  await addDailyCheck(tx, home, time.now)
  const when = { ...time, hours: home.hours, calendar: await readCountyCalendar(tx, home.office) }
  const waiting = waits.mails ? await waitingMails(tx, home.office) : []
  await passOnDeferred(tx, home.office, waiting, when)
  const open = isOpen(time.now, home.hours, when.calendar)
  const superseded = open ? await supersedeStale(tx, waiting, when) : []
  const round = await nextKeptRound(tx, home, when.calendar, time.now)
  const isLate = round !== null && round < time.now - LATE_ROUND_MS
  if (round !== null && (open || !isLate)) await composeRound(tx, letters, home, time)
  await linkSuperseded(tx, [...resent, ...superseded], time)
}

/**
 * The next round, but a late one when the office opens; a week or a morning's check to tell of; or what else waits. While the county prepares, what its people are owed waits for an administrator.
 */
async function nextWake(tx: Sql, home: County, { now }: TickTime): Promise<Instant | null> {
  if (home.mailState === 'preparing') return null
  const [calendar, waits, standing, check] = await Promise.all([
    readCountyCalendar(tx, home.office),
    readWhatWaits(tx, home.office),
    nextStandingRound(tx, home, now),
    nextDailyCheck(tx, home, now),
  ])
  const when = { now, hours: home.hours, calendar }
  const { roundAt } = waits
  const composes = roundAt !== null && roundAt <= now ? nextOpening(now, home.hours, calendar) : roundAt
  const told = earlierOf(composes, nextTelling(waits, when))
  const mail = waits.mails ? await nextMailWake(tx, home.office, when) : null
  return earlierOf(earlierOf(told, earlierOf(standing, check)), mail)
}

async function outboxState(tx: Sql, home: County, { now, wallNow }: TickTime) {
  const next: Instant | null = await nextAttempt(tx, home.office, await mailHours(tx, home, now))
  return {
    deliver: next !== null && next <= wallNow,
    retryInMs: next === null ? null : Math.max(next - wallNow, 0),
  }
}
