import type { Instant } from '../domain/time/days.ts'
import type { CourierAnswer } from '../contract/workflows.ts'
import { processOffboardings } from '../services/offboarding/queue.ts'
import { releaseHeldMail } from '../services/notifications/held-mail.ts'
import { nextAttempt } from '../services/notifications/outbox.ts'
import { nextNotificationRound } from '../services/notifications/store.ts'
import { tellAccepted } from '../services/notifications/tell-accepted.ts'
import { addWeeklyStanding, nextStandingRound } from '../services/notifications/weekly-standing.ts'
import { county, type County } from '../services/people/offices.ts'
import type { Sql } from '../db/pool.ts'
import { composeRound } from '../services/notifications/compose.ts'
import type { BaseDeps, LetterDeps } from '../services/deps.ts'
import { type TickTime } from '../services/schedule/tick-time.ts'
import { tick } from './tick.ts'

export type CourierActivities = ReturnType<typeof createCourierActivities>

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
          await processOffboardings(tx, countyOffice, time)
          return {
            next: { wakeAt: await composeUnlessHeld(tx, deps.letters, home, time), done: false },
            extra: await outboxState(tx, countyOffice, time),
          }
        },
      )
      const { retryInMs, ...answer } = answered
      return { ...answer, waitMs: earlierOf(answer.waitMs, retryInMs) }
    },
  }
}

/**
 * While the county prepares, what its people are owed waits. Once an administrator has opened the mail, what was held is
 * released first. @returns when to ask again: the round of what is queued, or of a week that begins
 */
async function composeUnlessHeld(
  tx: Sql,
  letters: LetterDeps,
  home: County,
  time: TickTime,
): Promise<Instant | null> {
  if (home.mailState === 'preparing') return null
  if (home.mailState === 'opening') await releaseHeldMail(tx, home.office, time.now)
  await tellAccepted(tx, home.office, time.now)
  await addWeeklyStanding(tx, home, time.now)
  await composeRound(tx, letters, home, time)
  const queued = await nextNotificationRound(tx, home.office)
  return Math.min(queued ?? Infinity, await nextStandingRound(tx, home, time.now))
}

/** Locks the county, so that two wakes of one courier cannot compose the same round. */
async function lockCounty(tx: Sql, office: string): Promise<County> {
  await tx.query('select 1 from counties where office = $1 for no key update', [office])
  return county(tx, office)
}

async function outboxState(tx: Sql, office: string, { wallNow }: TickTime) {
  const next: Instant | null = await nextAttempt(tx, office)
  return {
    deliver: next !== null && next <= wallNow,
    retryInMs: next === null ? null : Math.max(next - wallNow, 0),
  }
}

function earlierOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}
