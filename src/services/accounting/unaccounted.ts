import type { Unaccounted, UnaccountedCode } from '../../domain/escalation/standing-check.ts'
import { addDays, dayOf, type Instant, instantAt } from '../../domain/time/days.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import { comparison } from '../../kinds/comparison.ts'
import { CLOSED } from '../obligations/closed-states.ts'
import { countRoster } from '../roster/reach.ts'
import { findGaps } from '../watching/standing-check.ts'

/** What fired longer ago has been looked at on its own day. */
const FIRED_WITHIN_DAYS = 8
/** A line may wait for quiet days of its reader, a mail for its server (docs/mail.md). */
const WAITING_DAYS = 3

/** What of a county is left without anybody or without an account of it (R20). What is none is not there. */
export async function findUnaccounted(sql: Sql, county: string, now: Instant): Promise<Unaccounted[]> {
  return withSome({ unwatched: await countUnwatched(sql, county), ...(await countAll(sql, county, now)) })
}

/** The same but for what nobody watches, of which the watchdog tells whoever asks the API. */
export async function findUntold(sql: Sql, county: string, now: Instant): Promise<Unaccounted[]> {
  return withSome(await countAll(sql, county, now))
}

async function countAll(sql: Sql, county: string, now: Instant) {
  return { unreached: await countUnreached(sql, county), ...(await countLeft(sql, county, now)) }
}

function withSome(counts: Partial<Record<UnaccountedCode, number>>): Unaccounted[] {
  return (Object.entries(counts) as [UnaccountedCode, number][]).flatMap(([code, count]) =>
    count > 0 ? [{ code, count }] : [],
  )
}

/** How many obligations of a county are open. */
export async function countOpen(sql: Sql, county: string): Promise<number> {
  const open = `select count(*) as n from obligations where county = $1 and state not in (${CLOSED})`
  return (await row<{ n: number }>(sql, open, [county]))?.n ?? 0
}

/** What sleeps too long is the watchdog's, which sees the wall clock. */
async function countUnwatched(sql: Sql, county: string): Promise<number> {
  const gaps = await findGaps(sql, { overdueBefore: null, unansweredBefore: 0 })
  if (gaps.length === 0) return 0
  const subjects = gaps.map(({ subject }) => subject)
  const theirs = await rows<{ subject: string }>(
    sql,
    `select id as subject from deadlines where county = $1 and id = any($2)
     union all select id from campaigns where county = $1 and id = any($2)
     union all select id from imports where county = $1 and id = any($2)
     union all select office from counties where office = $1 and office = any($2)`,
    [county, subjects],
  )
  return theirs.length
}

async function countUnreached(sql: Sql, county: string): Promise<number> {
  const unreached = (await countRoster(sql, { county })).filter(({ reach }) => reach === 'unreached')
  return unreached.reduce((sum, { households }) => sum + households, 0)
}

type Left = Record<Exclude<UnaccountedCode, 'unwatched' | 'unreached'>, number>

/**
 * Rows that an import neither registered nor told of; lines and mails that have not left; firings that told fewer people than they
 * name; hits of an accepted comparison that are in none of its files, where it has any.
 */
async function countLeft(sql: Sql, county: string, now: Instant): Promise<Left> {
  const before = instantAt(addDays(dayOf(now), -WAITING_DAYS), '00:00')
  const since = instantAt(addDays(dayOf(now), -FIRED_WITHIN_DAYS), '00:00')
  const found = await row<Left>(
    sql,
    `select
       (select coalesce(sum(greatest(i.rows - i.registered - i.duplicates - i.changed - i.refused, 0)), 0) from imports i
         where i.county = $1 and i.kind = 'warnings' and i.state = 'applied')::int as rows,
       (select count(*) from notifications n where n.county = $1 and n.state = 'queued' and n.round_at < $2)::int as lines,
       (select count(*) from mails m where m.county = $1 and m.state in ('queued', 'sending') and m.composed_at < $2)::int as mails,
       (select count(*) from firings f join deadlines d on d.id = f.deadline
         where d.county = $1 and f.fired_at >= $3 and f.notified_count > (
           select count(*) from notifications n
             where n.deadline = f.deadline and n.moment = f.moment and n.undelivered_to is null))::int as firings,
       (select coalesce(sum(greatest((o.result ->> 'hits')::int - i.listed, 0)), 0)
          from (select comparison, sum(i.rows) as listed from imports i
                 where i.county = $1 and i.comparison is not null and i.state = 'applied' group by 1) i
          join obligations o on o.id = i.comparison
         where o.kind = '${comparison.code}' and o.state = 'accepted')::int as hits`,
    [county, ts(before), ts(since)],
  )
  return found ?? { rows: 0, lines: 0, mails: 0, firings: 0, hits: 0 }
}
