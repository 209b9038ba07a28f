import { LINE_TAGS, type LineKind } from '../domain/escalation/notification-kind.ts'
import { type Day, dayOf } from '../domain/time/days.ts'
import { dayWords } from './digest-lines.ts'
import { byUrgency, distinctDeadlines, total } from './digest-order.ts'
import { lateWords, ownFacts } from './digest-standing.ts'
import { isPressed } from './digest-entry-view.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'

const GRAVEST_FIRST: LineKind[] = [
  ...(['escalation', 'passed-on', 'overdue', 'copied', 'returned', 'reminder', 'submitted'] as const),
  ...(['requested', 'assigned', 'paused', 'accepted'] as const),
]
/** A telephone shows about so many characters of a subject. */
const SUBJECT_LENGTH = 30

/** `【督办】高滩镇等 7 镇逾期 11 件,最长 20 个工作日`: the gravest fact, and the next one where there is room. */
export function subjectOf(input: DigestInput): string {
  const [first = '没有逾期', second = ''] = factsOf(input)
  const begun = `【${tagOf(input)}】${input.urgent ? '急:' : ''}${first}`
  const both = `${begun},${second}`
  const text = second !== '' && both.length <= SUBJECT_LENGTH ? both : begun
  // A subject that is not one line would never leave (outgoing.ts).
  return shortened(text.replace(/[\s\p{Cc}]+/gu, ' '))
}

/** What a mail program shows behind the subject: the facts that did not fit into it. */
export function preheaderOf(input: DigestInput): string {
  const subject = subjectOf(input)
  const left = factsOf(input).filter((fact) => !subject.includes(fact))
  return left.slice(0, 2).join(';')
}

/** The three gravest facts, as the sentence the mail begins with. */
export function headlineOf(input: DigestInput): string {
  return factsOf(input).slice(0, 3).join(';') || '没有逾期'
}

/** Everything a reader should know first, gravest first. */
export function factsOf(input: DigestInput): string[] {
  const { own } = input.standing
  const presses = input.sections.some(isPressed)
  const urgent = input.urgent ? newFacts(input) : []
  const late = own && own.late.count > 0 ? [lateWords(own.late)] : []
  return [
    ...urgent,
    // Without anything to press, what waits for the reader's own review comes before the county.
    ...(presses ? [] : reviewFacts(input)),
    ...countyFacts(input),
    ...late,
    ...(own ? ownFacts(own).filter((fact) => fact.startsWith('今日到期')) : []),
    ...returnedFacts(input.sections),
    ...(presses ? reviewFacts(input) : []),
    ...(own ? ownFacts(own).filter((fact) => fact.includes('内到期')) : []),
    ...requestFacts(input.sections),
    ...(input.urgent ? [] : newFacts(input)),
    ...acceptedFacts(input.sections),
    ...(input.corrections.length > 0 ? [`${input.corrections.length} 条更正和变动`] : []),
  ]
}

/** Lateness outweighs whatever else a round is about; an urgent mail is about one thing only, and its subject begins with it. */
function tagOf({ sections, corrections, standing, urgent }: DigestInput): string {
  if (sections.length === 0) return corrections.length > 0 ? '变动' : '现状'
  const kinds = new Set(sections.map((e) => e.kind))
  if (!urgent && standing.own && standing.own.late.count > 0) kinds.add('overdue')
  return LINE_TAGS[GRAVEST_FIRST.find((kind) => kinds.has(kind)) ?? 'reminder']
}

/** The worst office with all that is late, what the reader is to press, and how long the longest has taken. */
function countyFacts({ standing, sections }: DigestInput): string[] {
  const { county } = standing
  if (!county || county.late.count === 0) return []
  const names = county.offices.map((o) => o.officeName)
  const [worst = ''] = names
  const unit = names.every((name) => name.endsWith('镇')) ? '镇' : '个单位'
  const where = names.length > 1 ? `${worst}等 ${names.length} ${unit}` : worst
  const { count, longest } = county.late
  return [
    `${where}逾期 ${count} 件`,
    ...countFacts('请您督促', distinctDeadlines(sections.filter(isPressed))),
    ...(longest > 0 ? [`最长 ${longest} 个工作日`] : []),
  ]
}

function reviewFacts({ standing: { review } }: DigestInput): string[] {
  return review ? [`待您复核 ${review.waiting} 件`] : []
}

function requestFacts(sections: readonly DigestEntry[]): string[] {
  return countFacts('延期申请待您答复', ofKind(sections, 'requested'))
}

/** What was passed, by name where it is of one sort. */
function acceptedFacts(sections: readonly DigestEntry[]): string[] {
  const accepted = ofKind(sections, 'accepted')
  const labels = new Set(accepted.map((e) => e.label))
  if (accepted.length === 0) return []
  return [`${labels.size === 1 ? accepted[0]!.label : '各类事项'} ${total(accepted)} 件通过复核`]
}

/** New work, and what a reminder calls to mind long before its day: a single thing is named, with its day. */
function newFacts({ sections, now }: DigestInput): string[] {
  const far = ofKind(sections, 'reminder').filter((e) => e.due?.clock.code === 'not-due')
  const fresh = distinctDeadlines([...ofKind(sections, 'assigned'), ...far]).sort(byUrgency)
  const [first] = fresh
  if (!first) return []
  const labels = new Set(fresh.map((e) => e.label))
  const what = labels.size === 1 ? first.label : far.length === 0 ? '新任务' : '此后到期'
  const year = Number(dayOf(now).slice(0, 4))
  const when = fresh.length === 1 && first.due ? `,${subjectDay(first.due, year)}到期` : ''
  return [`${what} ${total(fresh)} 件${when}`]
}

/** `暂定明年1月10日`: a day that may still move says so, and is short enough for a subject. */
function subjectDay({ dueOn, provisional }: { dueOn: Day; provisional: boolean }, year: number): string {
  if (!provisional) return dayWords(dueOn, year)
  const next = Number(dueOn.slice(0, 4)) === year + 1
  return `暂定${next ? `明年${dayWords(dueOn, year + 1)}` : dayWords(dueOn, year)}`
}

function returnedFacts(sections: readonly DigestEntry[]): string[] {
  return countFacts('退回重办', ofKind(sections, 'returned'))
}

function countFacts(label: string, entries: DigestEntry[]): string[] {
  return entries.length > 0 ? [`${label} ${total(entries)} 件`] : []
}

function ofKind(sections: readonly DigestEntry[], kind: LineKind): DigestEntry[] {
  return sections.filter((e) => e.kind === kind)
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= SUBJECT_LENGTH ? text : `${characters.slice(0, SUBJECT_LENGTH - 1).join('')}…`
}
