import { insertRow } from '../../db/insert-rows.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { mailHolds } from '../../db/schema/index.ts'
import type { BothTimes } from './outbox.ts'

export type HoldReason = RowOf<typeof mailHolds>['reason']

/** What a hold says, in the words of pages. */
export const HOLD_WORDS: Record<HoldReason, string> = {
  login: '邮件服务器拒绝了我方的登录',
  sender: '邮件服务器拒绝了我方的发件地址',
  refused: '邮件服务器不肯为我方转发',
  alike: '邮件服务器以同样的理由拒绝了几位收件人,多半与我方有关',
  unreachable: '邮件服务器连不上,或者十分钟内一封也没有收下',
}
const WAITS = '与本收件人无关:邮件服务器拒绝的是我方,本县邮件全部暂停发出。'
const WAITS_FOR_SERVER = '与本收件人无关:邮件服务器连不上或暂不收信,本县邮件都在等它恢复。'

/** That the server is down is no news of a hold that somebody must lift: what was refused stays its reason. */
const KEEPING_WHAT_WAS_REFUSED = `reason = case when excluded.reason = 'unreachable' then mail_holds.reason else excluded.reason end,
  reply = case when excluded.reason = 'unreachable' and mail_holds.reason <> 'unreachable' then mail_holds.reply else excluded.reply end`

/**
 * Holds all mail of the county: every waiting mail stands back, and none has had an attempt. Those that were refused keep the
 * server's reply and since when; the others learn why they wait.
 */
export async function holdMails(
  tx: Sql,
  hold: { county: string; reason: HoldReason; reply: string; sinceWall: number; untilWall: number },
  refused: readonly string[],
  { now }: BothTimes,
): Promise<void> {
  const { county, reason, reply, sinceWall, untilWall } = hold
  await insertRow(
    tx,
    mailHolds,
    { county, reason, reply, since: now, sinceWall },
    { onConflict: `(county) do update set ${KEEPING_WHAT_WAS_REFUSED}` },
  )
  await tx.query(
    `update mails set state = 'queued', next_attempt_wall = greatest(next_attempt_wall, $2),
            reply = case when id = any($3) then $4 else coalesce(reply, $5) end,
            refusal_about = case when id = any($3) then 'us' else refusal_about end,
            refused_wall = case when id = any($3) then coalesce(refused_wall, $6) else refused_wall end,
            attempts = attempts - (state = 'sending')::int
      where county = $1 and state in ('queued','sending')`,
    [
      county,
      ts(untilWall),
      refused,
      reply,
      reason === 'unreachable' ? WAITS_FOR_SERVER : WAITS,
      ts(sinceWall),
    ],
  )
}

/** Is the county's mail held? Then one mail tries whether the server takes any. */
export async function isHeld(sql: Sql, county: string): Promise<boolean> {
  return (await row(sql, 'select 1 from mail_holds where county = $1', [county])) !== undefined
}

/** The server takes mail again: what was held leaves at once. @returns whether anything was held */
export async function liftHold(tx: Sql, county: string, wallNow: number): Promise<boolean> {
  const lifted = await row(tx, 'delete from mail_holds where county = $1 returning county', [county])
  if (lifted) await bringForward(tx, county, wallNow)
  return lifted !== undefined
}

/** Every waiting mail of the county is tried at the next pass. */
export async function bringForward(tx: Sql, county: string, wallNow: number): Promise<void> {
  await tx.query(
    `update mails set next_attempt_wall = least(next_attempt_wall, $2) where county = $1 and state = 'queued'`,
    [county, ts(wallNow)],
  )
}

/** A hold and how many mails wait. The reply names addresses: it is null outside the counties of the transaction. */
export type HoldState = Omit<RowOf<typeof mailHolds>, 'sinceWall' | 'reply'> & {
  reply: string | null
  waiting: number
}

/** The counties whose mail is held, longest first. */
export function currentHolds(sql: Sql): Promise<HoldState[]> {
  return rows(sql, 'select county, reason, reply, since, waiting from duban_mail_holds()')
}
