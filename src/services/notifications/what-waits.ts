import { addDays, type Day, earlierOf, instantAt, type Instant } from '../../domain/time/days.ts'
import { nextMorningRound, nextOpening } from '../../domain/time/office-hours.ts'
import { row, type Sql } from '../../db/pool.ts'
import type { MailCalendar } from './waiting-mails.ts'

/**
 * What waits for a county's courier, in one question, since most of its passes find nothing of most kinds. `promisedOn`: the
 * first day that somebody promised and nobody was told of; `roundAt`: the first round that owes a line.
 */
export type WhatWaits = {
  departures: boolean
  orders: boolean
  resends: boolean
  acceptances: boolean
  decisions: boolean
  dueChanges: boolean
  mails: boolean
  promisedOn: Day | null
  roundAt: Instant | null
}

const NOTHING: WhatWaits = {
  ...{ departures: false, orders: false, resends: false, acceptances: false },
  ...{ decisions: false, dueChanges: false, mails: false, promisedOn: null, roundAt: null },
}

const waitsIn = (table: string, more = '') => `exists (select from ${table} where county = $1 ${more})`
const WAITS = `select ${waitsIn('departures')} as departures, ${waitsIn('mail_orders')} as orders,
    ${waitsIn('mail_orders', `and kind = 'resend'`)} as resends, ${waitsIn('acceptances')} as acceptances,
    ${waitsIn('decisions')} as decisions, ${waitsIn('due_changes')} as "dueChanges",
    ${waitsIn('mails', `and state = 'queued'`)} as mails,
    (select min(promised_on) from contacts
      where county = $1 and promised_on is not null and told_at is null) as "promisedOn",
    (select min(round_at) from notifications where county = $1 and state = 'queued') as "roundAt"`

export async function readWhatWaits(sql: Sql, county: string): Promise<WhatWaits> {
  return (await row<WhatWaits>(sql, WAITS, [county])) ?? NOTHING
}

/**
 * When lines are owed of what waits: of decisions and moved days with the next morning's round, of a promise with that after its
 * day, of a mail that is to be sent anew when the office opens. Null when none of these waits.
 */
export function nextTelling(
  { decisions, dueChanges, promisedOn, resends }: WhatWaits,
  { now, hours, calendar }: MailCalendar & { now: Instant },
): Instant | null {
  const morningAfter = (at: Instant) => nextMorningRound(Math.max(at, now + 1), hours, calendar)
  const decided = decisions || dueChanges ? morningAfter(now + 1) : null
  const promised = promisedOn === null ? null : morningAfter(instantAt(addDays(promisedOn, 1), '00:00'))
  const resent = resends ? nextOpening(now, hours, calendar) : null
  return earlierOf(earlierOf(decided, promised), resent)
}
