import type { Fate } from '../../mail/classify.ts'
import { row, type Sql } from '../../db/pool.ts'
import { isHeld } from './mail-holds.ts'

/** Wall time in which a server that takes nothing may be left to itself: restarts and greylisting have mostly ended by then. */
export const UNREACHABLE_AFTER_MS = 10 * 60_000

/** So many readers whose mailboxes all put us off, and nobody reached: that is the server, not the readers. */
export const SERVER_PUTS_OFF = 3

/**
 * A pass in which nothing was taken: shows whether the server is down, or puts everybody off, for so long that somebody must
 * look. While mail is held, one attempt more that is put off renews the hold. @returns the server's last answer, or null
 */
export async function unreachableReply(
  sql: Sql,
  county: string,
  fates: readonly Fate[],
  wallNow: number,
): Promise<string | null> {
  const putOff = fates.filter((fate) => fate.kind === 'retry' || fate.kind === 'unknown')
  const last = putOff.findLast(concernsServer) ?? putOff.at(-1)
  if (!last || fates.some(({ kind }) => kind === 'accepted')) return null
  if (await isHeld(sql, county)) return concernsServer(last) ? last.reply : null
  const since = await nothingTakenSince(sql, county)
  return since !== null && wallNow - since >= UNREACHABLE_AFTER_MS ? last.reply : null
}

function concernsServer(fate: Fate): boolean {
  return fate.kind === 'unknown' || (fate.kind === 'retry' && fate.about !== 'reader')
}

/**
 * Since when (wall time) the server has put off what waits and has taken nothing of the county's; null where it may be the
 * mailboxes of one reader or two.
 */
async function nothingTakenSince(sql: Sql, county: string): Promise<number | null> {
  const found = await row<{ byServer: number | null; byAll: number | null; readers: number }>(
    sql,
    `select min(refused_wall) filter (where refusal_about = 'us') as "byServer", min(refused_wall) as "byAll",
            count(distinct person)::int as readers
       from mails m
      where county = $1 and state = 'queued' and refusal_about in ('us','reader') and not exists (
        select from mails t where t.county = $1 and t.state = 'accepted' and t.settled_wall >= m.refused_wall)`,
    [county],
  )
  if (!found) return null
  return found.readers >= SERVER_PUTS_OFF ? found.byAll : found.byServer
}
