import { beijingText, dayOf, endOfDay, type Instant } from '../domain/time/days.ts'
import { LINE_TAGS } from '../domain/escalation/notification-kind.ts'
import { parseDigestLines, parseUnlisted } from '../mail/digest-lines.ts'
import type { OwedLine } from './expectation.ts'
import { groupBy } from '../domain/grouping.ts'
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

/** Whose mail it is: the office left out of their lines, and the names that a line may begin with. */
export type ReaderOf = (email: string) => { ownOffice: string; offices: ReadonlySet<string> }

/** Every mail once: the same Message-ID accepted again is a retransmission. */
export function distinctMails(accepted: readonly Acceptance[]): Acceptance[] {
  return [...groupBy(accepted, (mail) => mail.messageId).values()].map((same) => same[0]!)
}

/**
 * Compares every line that was owed with every line the SMTP side got. A mail accepted twice under one
 * Message-ID is one mail (a retransmission); two Message-IDs are two. Lines that a mail counts instead of listing them
 * must be as many, and about as many things, as are owed and not listed. A reminder that is owed after its due day is late, also where
 * it came as owed: product and expectation may be wrong together.
 * @throws RehearsalRefused when nothing was owed and nothing came, so that nothing was compared
 */
export function settleAccount(
  owed: readonly OwedLine[],
  accepted: readonly Acceptance[],
  readerOf: ReaderOf,
): Account {
  const mails = distinctMails(accepted)
  const got = mails.flatMap((mail) => linesOf(mail, readerOf))
  if (owed.length + got.length === 0) throw new RehearsalRefused(NOTHING_COMPARED)
  const account: Account = {
    missing: [],
    doubled: [],
    misdirected: [],
    late: owed.filter(isRemindedTooLate).map((line) => `${owedWords(line)},限时已过`),
    retransmitted: accepted.length - mails.length,
    got: got.length,
  }
  const owedBy = groupBy(owed, sayingOf)
  const gotBy = groupBy(got, sayingOf)
  const missing = [...new Set([...owedBy.keys(), ...gotBy.keys()])].flatMap((saying) =>
    matchLines(owedBy.get(saying) ?? [], gotBy.get(saying) ?? [], account),
  )
  account.missing.push(...afterCounted(missing, mails, account).map(owedWords))
  return account
}

/** What is missing apart from what a mail of that round counted; a count that is wrong is a finding of its own. */
function afterCounted(missing: OwedLine[], mails: readonly Acceptance[], account: Account): OwedLine[] {
  const left = groupBy(missing, (line) => `${line.to} ${line.round}`)
  for (const mail of mails) {
    const { lines, things } = parseUnlisted(mail.text)
    if (lines === 0) continue
    const key = `${mail.to} ${mail.acceptedAt}`
    const unlisted = left.get(key) ?? []
    const owed = unlisted.reduce((sum, line) => sum + line.count, 0)
    if (unlisted.length === lines && owed === things) left.delete(key)
    else
      account.misdirected.push(
        `${mail.to} ${beijingText(mail.acceptedAt)} 另计 ${lines} 条 ${things} 件,应为 ${unlisted.length} 条 ${owed} 件`,
      )
  }
  return [...left.values()].flat()
}

function owedWords(line: OwedLine): string {
  return `${sayingOf(line)} 应在 ${beijingText(line.round)} 批次(${line.why})`
}

/** A reminder serves until its due day is over; that a pause ends is nobody's work. */
function isRemindedTooLate({ kind, label, dueOn, round }: OwedLine): boolean {
  return kind === 'reminder' && dueOn !== null && !label.endsWith('(暂停)') && round >= endOfDay(dueOn)
}

function linesOf(mail: Acceptance, readerOf: ReaderOf): GotLine[] {
  const year = Number(dayOf(mail.acceptedAt).slice(0, 4))
  const { to, messageId, acceptedAt: at } = mail
  return parseDigestLines(mail.text, { year, ...readerOf(to) }).map(
    ({ kind, officeName, label, count, dueOn }) => ({
      kind,
      officeName,
      label,
      count,
      dueOn,
      to,
      at,
      messageId,
    }),
  )
}

/** What is said to whom, whenever it is said. */
function sayingOf(line: Omit<OwedLine, 'round' | 'why'>): string {
  const { to, kind, officeName, label, count, dueOn } = line
  return [
    to,
    `【${LINE_TAGS[kind]}】${officeName} ${label} ${count}件${dueOn === null ? '' : ` ${dueOn}到期`}`,
  ].join(' ')
}

/**
 * Matches equal lines to the same person: first those that came exactly when owed, then those that came late.
 * @returns what was owed and is in no mail
 */
function matchLines(owed: OwedLine[], got: GotLine[], account: Account): OwedLine[] {
  const waiting = [...owed].sort((a, b) => a.round - b.round)
  const extra: GotLine[] = []
  for (const line of got) {
    const at = waiting.findIndex((o) => o.round === line.at)
    if (at >= 0) waiting.splice(at, 1)
    else extra.push(line)
  }
  for (const line of extra) classifyExtra(line, owed, waiting, account)
  return waiting
}

function classifyExtra(line: GotLine, owed: OwedLine[], waiting: OwedLine[], account: Account): void {
  const words = `${sayingOf(line)} 收于 ${beijingText(line.at)} ${line.messageId}`
  if (owed.some((o) => o.round === line.at)) return void account.doubled.push(words)
  const overdue = waiting.findLastIndex((o) => o.round < line.at)
  if (overdue < 0) return void account.misdirected.push(words)
  const [o] = waiting.splice(overdue, 1)
  account.late.push(`${words},应在 ${beijingText(o!.round)}`)
}
