import { beijingText, dayOf, type Instant } from '../domain/time/days.ts'
import { DIGEST_TAGS, parseDigestLines } from '../mail/digest-lines.ts'
import type { OwedLine } from './expectation.ts'
import { groupBy } from './grouping.ts'
import { RehearsalRefused } from './rehearsal-refused.ts'
import type { Acceptance } from './sink.ts'

const NOTHING_COMPARED =
  '没有核对任何一条:这段时间里没有一条应告知的,也没有收到一封邮件。请放宽 --from、--to,或换一个预警文件。'

type GotLine = Omit<OwedLine, 'round' | 'why'> & { at: Instant; messageId: string }
/** One sentence for each finding. */
export type Account = {
  missing: string[]
  doubled: string[]
  misdirected: string[]
  late: string[]
  retransmitted: number
  got: number
}

/**
 * Compares every line that was owed with every line the SMTP side got. A mail accepted twice under one
 * Message-ID is one mail (a retransmission); two Message-IDs are two.
 * @throws RehearsalRefused when nothing was owed and nothing came, so that nothing was compared
 */
export function settleAccount(owed: readonly OwedLine[], accepted: readonly Acceptance[]): Account {
  const mails = [...groupBy(accepted, (mail) => mail.messageId).values()].map((same) => same[0]!)
  const got = mails.flatMap(linesOf)
  if (owed.length + got.length === 0) throw new RehearsalRefused(NOTHING_COMPARED)
  const account: Account = {
    missing: [],
    doubled: [],
    misdirected: [],
    late: [],
    retransmitted: 0,
    got: got.length,
  }
  account.retransmitted = accepted.length - mails.length
  const owedBy = groupBy(owed, sayingOf)
  const gotBy = groupBy(got, sayingOf)
  for (const saying of new Set([...owedBy.keys(), ...gotBy.keys()]))
    matchLines(owedBy.get(saying) ?? [], gotBy.get(saying) ?? [], account)
  return account
}

function linesOf(mail: Acceptance): GotLine[] {
  const year = Number(dayOf(mail.acceptedAt).slice(0, 4))
  return parseDigestLines(mail.text, year).map(({ kind, officeName, label, count, dueOn }) => {
    return {
      kind,
      officeName,
      label,
      count,
      dueOn,
      to: mail.to,
      at: mail.acceptedAt,
      messageId: mail.messageId,
    }
  })
}

/** What is said to whom, whenever it is said. */
function sayingOf(line: Omit<OwedLine, 'round' | 'why'>): string {
  const { to, kind, officeName, label, count, dueOn } = line
  return [to, `【${DIGEST_TAGS[kind]}】${officeName} ${label} ${count}件 ${dueOn}到期`].join(' ')
}

/** Matches equal lines to the same person: first those that came exactly when owed, then those that came late. */
function matchLines(owed: OwedLine[], got: GotLine[], account: Account): void {
  const waiting = [...owed].sort((a, b) => a.round - b.round)
  const extra: GotLine[] = []
  for (const line of got) {
    const at = waiting.findIndex((o) => o.round === line.at)
    if (at >= 0) waiting.splice(at, 1)
    else extra.push(line)
  }
  for (const line of extra) classifyExtra(line, owed, waiting, account)
  for (const o of waiting) account.missing.push(`${sayingOf(o)} 应在 ${beijingText(o.round)} 批次(${o.why})`)
}

function classifyExtra(line: GotLine, owed: OwedLine[], waiting: OwedLine[], account: Account): void {
  const words = `${sayingOf(line)} 收于 ${beijingText(line.at)} ${line.messageId}`
  if (owed.some((o) => o.round === line.at)) return void account.doubled.push(words)
  const overdue = waiting.findLastIndex((o) => o.round < line.at)
  if (overdue < 0) return void account.misdirected.push(words)
  const [o] = waiting.splice(overdue, 1)
  account.late.push(`${words},应在 ${beijingText(o!.round)}`)
}
