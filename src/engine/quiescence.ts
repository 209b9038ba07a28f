import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '../domain/time/days.ts'
import { type Pool, row, rows, type Sql, ts } from '../db/pool.ts'
import { leavingMail, type LeavingMail } from '../services/notifications/mail-hours.ts'
import { poke } from '../services/watching/pokes.ts'
import { dueWatches } from '../services/watching/watches.ts'

/** Why the engine is not idle. Empty: it has nothing left to do. */
export type PendingWork = ('pokes' | 'unanswered' | 'mails' | 'imports' | 'bulk-runs' | 'overslept')[]
/** Resolves at the next answer of a workflow, at the latest after `mostMs`. @returns whether one came */
export type NextAnswer = { next(mostMs: number): Promise<boolean> }

type Options = {
  answers?: NextAnswer
  /** Pending work after this wall time means that something hangs. */
  patienceMs?: number
  /** A mail whose next attempt lies further ahead (wall time) is not waited for. */
  retryWithinMs?: number
}

const PATIENCE_MS = 120_000
/** Asking costs the same processors that are being waited for: so it is done after an answer, and now and then anyway. */
const PAUSE_MS = { first: 8, factor: 1.4, most: 30 }
/** Answers come in bursts, and the relay takes its pokes away a moment after the last signal has left. */
const BURST_MS = 3

const PENDING = `select
  array_remove(array[
    case when exists (select 1 from pokes) then 'pokes' end,
    case when exists (select 1 from watches where relayed > answered) then 'unanswered' end,
    case when exists (select 1 from mails where state in ('queued','sending') and (state = 'sending'
      or ($2::float8 is null or next_attempt_wall < now() + $2 * interval '1 millisecond')
      and (county = any($3::text[]) or attempts = 0 and reply is null and composed_at > $4))) then 'mails' end,
    case when exists (select 1 from imports where state in ('validating','applying','undoing')) then 'imports' end,
    case when exists (select 1 from bulk_runs where state in ('running','undoing')) then 'bulk-runs' end,
    case when exists (select 1 from watches where not done and wake_at <= $1) then 'overslept' end
  ], null) as reasons`

/**
 * What the engine still has to do: pokes to carry, watches that owe an answer, mails to send, imports at work, and watches
 * that should have woken by `now`. This is the one definition of it.
 */
export async function pendingWork(
  sql: Sql,
  now: Instant,
  retryWithinMs?: number,
  hours?: LeavingMail,
): Promise<PendingWork> {
  // A mail that waits for the office to open is no work: the opening is a wake of the courier's own.
  const { counties, freshSince } = hours ?? (await leavingMail(sql, now))
  const found = await row<{ reasons: PendingWork }>(sql, PENDING, [
    ts(now),
    retryWithinMs ?? null,
    counties,
    ts(freshSince),
  ])
  return found?.reasons ?? []
}

/**
 * Under a stepped clock: pokes the watches that are due and waits until the engine has nothing left to do.
 * @returns what was still pending when patience ran out
 */
export async function reachQuiescence(pool: Pool, now: Instant, options: Options = {}): Promise<PendingWork> {
  const { answers, patienceMs = PATIENCE_MS, retryWithinMs } = options
  const deadline = Date.now() + patienceMs
  const hours = await leavingMail(pool, now)
  for (let pause = PAUSE_MS.first; ;) {
    const pending = await pendingWork(pool, now, retryWithinMs, hours)
    if (pending.length === 0 || Date.now() > deadline) return pending
    if (pending.every((reason) => reason === 'overslept')) await pokeDue(pool, now)
    else if (await nextAnswer(answers, pause)) await sleep(BURST_MS)
    else pause = Math.min(pause * PAUSE_MS.factor, PAUSE_MS.most)
  }
}

/** Under a stepped clock no timer fires: whoever moves the clock pokes the watches that are due. */
export async function pokeDue(pool: Pool, now: Instant): Promise<void> {
  const due = await dueWatches(pool, now)
  for (const kind of new Set(due.map((watch) => watch.kind)))
    await poke(
      pool,
      kind,
      due.filter((watch) => watch.kind === kind).map((watch) => watch.subject),
    )
}

/** Names each poke, watch, mail and import under way, by opaque ids: for the message when something hangs. */
export async function describePending(sql: Sql, now: Instant): Promise<string> {
  const left = await rows<{ what: string }>(
    sql,
    `select 'poke ' || kind || ' ' || subject as what from pokes
     union all select 'watch ' || kind || ' ' || subject || ' ' || answered || '/' || relayed from watches where relayed > answered
     union all select 'mail ' || state || ' ' || attempts || ' ' || coalesce(reply, '') from mails where state in ('queued','sending')
     union all select 'import ' || state || ' ' || id from imports where state in ('validating','applying','undoing')
     union all select 'overslept ' || kind || ' ' || subject from watches where not done and wake_at <= $1`,
    [ts(now)],
  )
  return left.map((l) => l.what).join('; ')
}

async function nextAnswer(answers: NextAnswer | undefined, mostMs: number): Promise<boolean> {
  if (answers) return answers.next(mostMs)
  await sleep(mostMs)
  return false
}
