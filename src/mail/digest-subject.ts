import { LINE_TAGS, type LineKind } from '../domain/escalation/notification-kind.ts'
import { type Day, dayOf } from '../domain/time/days.ts'
import { dayWords } from './digest-lines.ts'
import { byUrgency, distinctDeadlines, things, total } from './digest-order.ts'
import { isPressed, partsOf } from './digest-parts.ts'
import { lateWords, SOON } from './digest-standing.ts'
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

/** The facts in the order of the subject: new work first where it is urgent, else what presses most. */
export function factsOf(input: DigestInput): string[] {
  const { own } = input.standing
  const presses = input.sections.some(isPressed)
  const late = own && own.late.count > 0 ? [lateWords(own.late)] : []
  return [
    ...(input.urgent ? newFacts(input) : []),
    // Without anything to press, what waits for the reader's own review comes before the county.
    ...(presses ? [] : reviewFacts(input)),
    ...countyFacts(input),
    ...late,
    ...countFact('今日到期', own?.dueToday ?? 0),
    ...returnedFacts(input),
    ...(presses ? reviewFacts(input) : []),
    ...countFact(SOON, soonLeft(input)),
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
function countyFacts(input: DigestInput): string[] {
  const { county } = input.standing
  if (!county || county.late.count === 0) return []
  const names = county.offices.map((o) => o.officeName)
  const [worst = ''] = names
  const unit = names.every((name) => name.endsWith('镇')) ? '镇' : '个单位'
  const where = names.length > 1 ? `${worst}等 ${names.length} ${unit}` : worst
  const { count, longest } = county.late
  const { press, know, 'stand-by': standBy } = partsOf(input)
  return [
    `${where}逾期 ${count} 件`,
    ...countFact('请您督促', things(press)),
    ...countFact('由同事先督促', things(standBy)),
    ...(press.length + standBy.length > 0 ? [] : countFact('已请上级督促', things(know))),
    ...(longest > 0 ? [`最长 ${longest} 个工作日`] : []),
  ]
}

function reviewFacts({ standing: { review } }: DigestInput): string[] {
  return review ? [`待您复核 ${review.waiting} 件`] : []
}

export function requestFacts(sections: readonly DigestEntry[]): string[] {
  return countFact('延期申请待您答复', total(ofKind(sections, 'requested')))
}

/** What was passed, by name where it is of one sort; nothing is left to do with it. */
export function acceptedFacts(sections: readonly DigestEntry[]): string[] {
  const accepted = ofKind(sections, 'accepted')
  const labels = new Set(accepted.map((e) => e.label))
  if (accepted.length === 0) return []
  return [`${labels.size === 1 ? accepted[0]!.label : '各类事项'} ${total(accepted)} 件通过复核`, '无需再办']
}

/** New work, and what a reminder calls to mind long before its day: a single thing is named, with its day. */
export function newFacts({ sections, now }: DigestInput): string[] {
  const notYetDue = ofKind(sections, 'reminder').filter((e) => e.due?.clock.code === 'not-due')
  const announced = distinctDeadlines([...ofKind(sections, 'assigned'), ...notYetDue]).sort(byUrgency)
  const [first] = announced
  if (!first) return []
  const labels = new Set(announced.map((e) => e.label))
  const what = labels.size === 1 ? first.label : notYetDue.length === 0 ? '新任务' : '此后到期'
  const year = Number(dayOf(now).slice(0, 4))
  const when = announced.length === 1 && first.due ? `,${subjectDay(first.due, year)}到期` : ''
  return [`${what} ${total(announced)} 件${when}`]
}

/** `暂定明年1月10日`: a day that may still move says so, and is short enough for a subject. */
function subjectDay({ dueOn, provisional }: { dueOn: Day; provisional: boolean }, year: number): string {
  if (!provisional) return dayWords(dueOn, year)
  const next = Number(dueOn.slice(0, 4)) === year + 1
  return `暂定${next ? `明年${dayWords(dueOn, year + 1)}` : dayWords(dueOn, year)}`
}

/** A single thing that was sent back is told with its day, so that the day needs no fact of its own. */
export function returnedFacts({ sections, now }: DigestInput): string[] {
  const returned = ofKind(sections, 'returned')
  const [first] = returned
  const only = returned.length === 1 ? first?.due : null
  const when = only ? `,${subjectDay(only, Number(dayOf(now).slice(0, 4)))}到期` : ''
  return countFact('退回重办', total(returned)).map((words) => `${words}${when}`)
}

/** What falls due soon, less a single returned or new thing that is named with its day already. */
export function soonLeft({ sections, standing }: DigestInput): number {
  const singles = (['returned', 'assigned'] as const)
    .map((kind) => distinctDeadlines(ofKind(sections, kind)))
    .filter((entries) => entries.length === 1)
  const told = singles.flat().filter((e) => e.due?.clock.code === 'due-soon')
  return Math.max(0, (standing.own?.dueSoon ?? 0) - total(told))
}

function countFact(label: string, count: number): string[] {
  return count > 0 ? [`${label} ${count} 件`] : []
}

function ofKind(sections: readonly DigestEntry[], kind: LineKind): DigestEntry[] {
  return sections.filter((e) => e.kind === kind)
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= SUBJECT_LENGTH ? text : `${characters.slice(0, SUBJECT_LENGTH - 1).join('')}…`
}
