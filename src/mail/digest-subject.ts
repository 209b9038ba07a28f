import { LINE_TAGS, type LineKind } from '../domain/escalation/notification-kind.ts'
import type { CheckLine } from '../domain/escalation/standing-check.ts'
import { type Day, dayOf, type Instant } from '../domain/time/days.ts'
import type { RunningCode } from '../domain/obligation/clock-status.ts'
import {
  begunByReader,
  colleagueFacts,
  lateColleagueFacts,
  performedByColleague,
} from './digest-colleague.ts'
import { dayWords } from './digest-lines.ts'
import { byUrgency, countFact, distinctDeadlines, things, total } from './digest-order.ts'
import { countedParts, isPressed, partsOf } from './digest-parts.ts'
import { countyFacts, ownPressedApart, pressFacts } from './digest-press-facts.ts'
import { onlyPresses } from './digest-rest.ts'
import { soonWords } from './digest-soon.ts'
import { lateWords } from './digest-standing.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'

const GRAVEST_FIRST: LineKind[] = [
  ...(['escalation', 'passed-on', 'overdue', 'copied', 'returned', 'reminder', 'submitted'] as const),
  ...(['requested', 'offered', 'assigned', 'paused', 'accepted'] as const),
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
  const presses = input.sections.some(isPressed) || input.asked.items.length > 0
  const late = own && own.late.count > 0 ? [lateWords(own.late)] : []
  const due = [...countFact('今日到期', todayLeft(input)), ...returnedFacts(input)]
  // What the reader does comes before what others see to.
  const ownFirst = !asksToPress(input)
  return [
    ...(input.urgent ? [...newFacts(input), ...colleagueFacts(input)] : []),
    ...countFact('没有着落', unwellOf(input).length, '项'),
    // Without anything to press, what waits for the reader's own review comes before the county.
    ...(presses ? [] : reviewFacts(input)),
    ...(ownFirst ? [...late, ...lateColleagueFacts(input), ...due, ...soonFacts(input)] : []),
    ...countyFacts(input),
    ...(ownFirst ? [] : [...late, ...lateColleagueFacts(input)]),
    ...pressFacts(input),
    ...(ownFirst ? [] : due),
    ...(presses ? reviewFacts(input) : []),
    ...(ownFirst ? [] : soonFacts(input)),
    ...requestFacts(input.sections),
    ...offerFacts(input.sections),
    ...(input.urgent ? [] : [...newFacts(input), ...colleagueFacts(input)]),
    ...acceptedFacts(input.sections),
    ...(input.corrections.length > 0 ? [`${input.corrections.length} 条更正和变动`] : []),
    ...(input.check.length > 0 && unwellOf(input).length === 0 ? ['一切正常'] : []),
  ]
}

/** The lines that ask something of the reader; all of them where none does. */
function asked(input: DigestInput): readonly DigestEntry[] {
  const { press, do: own, done } = partsOf(input)
  const begun = [...press, ...begunByReader(own), ...done]
  return begun.length > 0 ? begun : input.sections
}

/** Is the reader asked to press anybody? What a colleague begins with, and what is only known of, asks nothing. */
function asksToPress(input: DigestInput): boolean {
  return countedParts(input).press.length > 0 || input.asked.items.length > 0
}

/** Lateness outweighs whatever else a round is about; an urgent mail is about one thing only, and its subject begins with it. */
function tagOf(input: DigestInput): string {
  const { sections, corrections, standing, urgent, check } = input
  if (sections.length === 0) return corrections.length > 0 ? '变动' : check.length > 0 ? '核查' : '现状'
  const kinds = new Set(asked(input).map((e) => e.kind))
  if (!urgent && standing.own && standing.own.late.count > 0)
    kinds.add(onlyPresses(input) ? 'escalation' : 'overdue')
  // The tag is that of the fact behind it.
  if (!urgent && todayLeft(input) + soonLeft(input) > 0) kinds.add('reminder')
  return LINE_TAGS[GRAVEST_FIRST.find((kind) => kinds.has(kind)) ?? 'reminder']
}

function reviewFacts({ standing: { review } }: DigestInput): string[] {
  return review ? [`待您复核 ${review.waiting} 件`] : []
}

export function requestFacts(sections: readonly DigestEntry[]): string[] {
  return countFact('延期申请待您答复', total(begunByReader(ofKind(sections, 'requested'))))
}

export function offerFacts(sections: readonly DigestEntry[]): string[] {
  return countFact('移交待您答复', total(begunByReader(ofKind(sections, 'offered'))))
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
  const announced = distinctDeadlines(begunByReader([...ofKind(sections, 'assigned'), ...notYetDue])).sort(
    byUrgency,
  )
  const [first] = announced
  if (!first) return []
  const labels = new Set(announced.map((e) => e.label))
  const what = labels.size === 1 ? first.label : begunByReader(notYetDue).length === 0 ? '新任务' : '此后到期'
  return withDay(`${what} ${total(announced)} 件`, announced, now)
}

/** The day of all of them; of several days the first, and how many are of it. */
function withDay(words: string, entries: readonly DigestEntry[], now: Instant): string[] {
  const due = entries.flatMap((e) => e.due ?? []).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0]
  if (!due) return [words]
  const day = `${subjectDay(due, Number(dayOf(now).slice(0, 4)))}到期`
  const soonest = entries.filter((e) => e.due?.dueOn === due.dueOn)
  return soonest.length === entries.length ? [`${words},${day}`] : [words, `其中 ${day} ${total(soonest)} 件`]
}

/** `暂定明年1月10日`: a day that may still move says so, and is short enough for a subject. */
function subjectDay({ dueOn, provisional }: { dueOn: Day; provisional: boolean }, year: number): string {
  if (!provisional) return dayWords(dueOn, year)
  const next = Number(dueOn.slice(0, 4)) === year + 1
  return `暂定${next ? `明年${dayWords(dueOn, year + 1)}` : dayWords(dueOn, year)}`
}

/** What was sent back is told with its day, so that the day needs no fact of its own. */
export function returnedFacts({ sections, now }: DigestInput): string[] {
  const returned = distinctDeadlines(begunByReader(ofKind(sections, 'returned')))
  return countFact('退回重办', total(returned)).flatMap((words) => withDay(words, returned, now))
}

/** What falls due soon, less what is counted as returned, new, passed on or a colleague's already: the parts of a headline are summed. */
export function soonLeft(input: DigestInput): number {
  return Math.max(0, (input.standing.own?.dueSoon ?? 0) - countedApart(input, 'due-soon'))
}

/** What is due today, less the same. */
export function todayLeft(input: DigestInput): number {
  return Math.max(0, (input.standing.own?.dueToday ?? 0) - countedApart(input, 'due-today'))
}

/** What falls due soon with its day. */
export function soonFacts(input: DigestInput): string[] {
  const count = soonLeft(input)
  return count > 0 ? soonWords(input, count, new Set(toldApart(input).map((e) => e.deadline))) : []
}

function countedApart(input: DigestInput, code: RunningCode): number {
  return things(toldApart(input).filter((e) => e.due?.clock.code === code))
}

function toldApart(input: DigestInput): DigestEntry[] {
  const told = [...ofKind(input.sections, 'returned'), ...ofKind(input.sections, 'assigned')]
  return [...told, ...performedByColleague(input), ...ownPressedApart(input)]
}

/** What the standing check of the day has found without an account. */
export function unwellOf({ check }: Pick<DigestInput, 'check'>): CheckLine[] {
  return check.filter(({ isWell }) => !isWell)
}

function ofKind(sections: readonly DigestEntry[], kind: LineKind): DigestEntry[] {
  return sections.filter((e) => e.kind === kind)
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= SUBJECT_LENGTH ? text : `${characters.slice(0, SUBJECT_LENGTH - 1).join('')}…`
}
