import { dayOf } from '../domain/time/days.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
import { dayWords, DIGEST_TAGS, type DigestKind } from './digest-lines.ts'
import { byUrgency, distinct, standing, DIGEST_HEADINGS, total } from './digest-state.ts'

const GRAVEST_FIRST: DigestKind[] = ['escalation', 'passed-on', 'reminder', 'assigned']

/** `【督办】毛坝镇等 3 镇 5 件逾期,最长 4 个工作日` */
export function subjectOf(input: DigestInput): string {
  const kind = GRAVEST_FIRST.find((k) => input.sections.some((e) => e.kind === k))
  const text = `【${kind ? DIGEST_TAGS[kind] : '更正'}】${input.urgent ? '急:' : ''}${headlineOf(input)}`
  // A subject that is not one line would never leave (outgoing.ts).
  return text.replace(/[\s\p{Cc}]+/gu, ' ')
}

/** What the digest comes to, in one sentence without a full stop; what is far off counts only when nothing presses. */
export function headlineOf(input: DigestInput): string {
  const today = dayOf(input.now)
  const entries = distinct(input.sections).sort(byUrgency)
  const pressing = [
    ...lateWords(standing(entries, 'overdue')),
    ...countWords('今日到期', standing(entries, 'due-today')),
    ...countWords(DIGEST_HEADINGS['due-soon'], standing(entries, 'due-soon')),
  ]
  const words =
    onlyOne(entries, today) ??
    (pressing.length > 0 ? pressing : countWords('此后到期', standing(entries, 'not-due')))
  const { length } = input.corrections
  return [...words, ...(length > 0 ? [`${length} 条更正`] : [])].join(',')
}

function lateWords(late: DigestEntry[]): string[] {
  if (late.length === 0) return []
  const longest = Math.max(...late.map((e) => e.overdueWorkingDays))
  const words = `${whereWords([...new Set(late.map((e) => e.officeName))])} ${total(late)} 件逾期`
  return longest > 0 ? [words, `最长 ${longest} 个工作日`] : [words]
}

function whereWords(offices: string[]): string {
  const [worst = ''] = offices
  if (offices.length < 2) return worst
  return offices.every((o) => o.endsWith('镇'))
    ? `${worst}等 ${offices.length} 镇`
    : `${worst}等 ${offices.length} 个单位`
}

/** A single thing that is not late is named rather than counted. */
function onlyOne(entries: DigestEntry[], today: string): string[] | null {
  const [entry] = entries
  if (!entry || entries.length > 1 || entry.clock.code === 'overdue') return null
  const when = entry.dueOn === today ? '今日到期' : `${dayWords(entry.dueOn, Number(today.slice(0, 4)))}到期`
  return [`${entry.officeName}${entry.label} ${entry.count} 件`, when]
}

function countWords(label: string, entries: DigestEntry[]): string[] {
  return entries.length > 0 ? [`${label} ${total(entries)} 件`] : []
}
