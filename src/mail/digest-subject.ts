import { LINE_TAGS } from '../domain/escalation/notification-kind.ts'
import type { CheckLine } from '../domain/escalation/standing-check.ts'
import type { Instant } from '../domain/time/days.ts'
import { type AnswerFact, answerFacts, pauseFacts } from './digest-answers.ts'
import {
  begunByReader,
  heldByColleague,
  lateColleagueFacts,
  lateLeft,
  performedByColleague,
} from './digest-colleague.ts'
import { newLines, remindersToCome, returnedLines } from './digest-begun-lines.ts'
import { blank, byUrgency, countFact, ofKind, things, total } from './digest-order.ts'
import { countyFacts, type Fact, othersFacts, ownPressedApart, pressFacts } from './digest-press-facts.ts'
import { onlyPresses } from './digest-parts.ts'
import { colleaguesFacts, reviewFacts } from './digest-review-facts.ts'
import { soonWords, subjectDay } from './digest-soon.ts'
import { ownLateFacts } from './digest-told.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
import { urgentSecondFacts } from './digest-urgent-second.ts'

/** A telephone shows about so many characters of a subject. */
const SUBJECT_LENGTH = 30

/** `【督办】请督促 15 件,先督促焕古镇`: what is to be done first, and the next facts where there is room. */
export function subjectOf(input: DigestInput): string {
  const [first = { tag: '知晓', words: '没有逾期' }, ...others] = taggedFacts(input)
  let subject = `【${first.tag}】${input.urgent ? '急:' : ''}${first.words}`
  for (const { words } of others) {
    if (`${subject},${words}`.length > SUBJECT_LENGTH) break
    subject = `${subject},${words}`
  }
  // A subject that is not one line would never leave (outgoing.ts).
  return shortened(subject.replace(/[\s\p{Cc}]+/gu, ' '))
}

/** What a mail program shows behind the subject: the facts that did not fit into it. */
export function preheaderOf(input: DigestInput): string {
  const subject = subjectOf(input)
  const left = factsOf(input).filter((fact) => !subject.includes(fact))
  return left.slice(0, 2).join(';')
}

export function factsOf(input: DigestInput): string[] {
  return taggedFacts(input).map(({ words }) => words)
}

/** The facts in the order in which the reader acts: what is late first, then what is due today, what they only know of last. */
function taggedFacts(input: DigestInput): Fact[] {
  const { late } = input.standing.own ?? {}
  const tagged = (tag: string, facts: readonly string[]) => facts.map((words) => ({ tag, words }))
  const mine = lateLeft(input)
  const own =
    late && mine.count > 0
      ? tagged(onlyPresses(input) ? LINE_TAGS.escalation : LINE_TAGS.overdue, [
          ...ownLateFacts(input, late),
          ...lateColleagueFacts(input),
        ])
      : []
  const news = tagged(newTag(input), newFacts(input))
  const reviews = reviewFacts(input)
  const reviewsFirst = tagged(LINE_TAGS.submitted, reviews.first)
  const answers = answerFacts(input)
  const answersWhere = (late: boolean) =>
    answers
      .filter(({ isLate }) => isLate === late)
      .map((fact) => ({ tag: answerTag(fact, input), words: fact.words }))
  const asked = [
    ...(input.urgent ? news : []),
    ...tagged('核查', unwellFacts(input)),
    ...own,
    ...(reviews.isLate ? reviewsFirst : []),
    ...answersWhere(true),
    ...tagged(LINE_TAGS.reminder, countFact('今日到期', todayLeft(input))),
    ...(reviews.isLate ? [] : reviewsFirst),
    ...answersWhere(false),
    ...tagged(LINE_TAGS.returned, returnedFacts(input)),
    ...tagged(LINE_TAGS.reminder, soonFacts(input)),
    ...pressFacts(input),
    ...tagged(LINE_TAGS.submitted, reviews.besides),
    ...tagged(LINE_TAGS.reminder, pauseFacts(input)),
    ...(input.urgent ? [] : news),
  ]
  const second = asked.length > 0 ? [] : urgentSecondFacts(input)
  return [
    ...asked,
    ...tagged('知晓', second),
    ...(mine.count > 0 ? [] : tagged('知晓', lateColleagueFacts(input))),
    ...tagged('知晓', second.length > 0 ? [] : colleaguesFacts(input)),
    ...tagged(LINE_TAGS.accepted, acceptedFacts(input.sections)),
    ...(second.length > 0 ? [] : othersFacts(input)),
    ...tagged('变动', input.corrections.length > 0 ? [`${input.corrections.length} 条更正和变动`] : []),
    ...countyFacts(input),
    ...tagged('核查', input.check.length > 0 && unwellOf(input).length === 0 ? ['一切正常'] : []),
  ]
}

/** A late answer is late as any work is; a head presses for it. */
function answerTag({ stage, isLate }: AnswerFact, input: DigestInput): string {
  if (onlyPresses(input)) return LINE_TAGS.escalation
  if (isLate) return LINE_TAGS.overdue
  return LINE_TAGS[stage === 'extension' ? 'requested' : 'offered']
}

/** The words are of both where old ones fall due as well. */
function newTag({ sections }: DigestInput): string {
  return begunByReader(remindersToCome(sections)).length > 0 ? LINE_TAGS.reminder : LINE_TAGS.assigned
}

/** What was passed, by name where it is of one sort; nothing is left to do with it. */
export function acceptedFacts(sections: readonly DigestEntry[]): string[] {
  const accepted = ofKind(sections, 'accepted')
  const labels = new Set(accepted.map((e) => e.label))
  if (accepted.length === 0) return []
  return [`${labels.size === 1 ? accepted[0]!.label : '各类事项'} ${total(accepted)} 件通过复核`, '无需再办']
}

/** A single thing of it is named, with its day. */
export function newFacts(input: DigestInput): string[] {
  const announced = newLines(input).sort(byUrgency)
  const [first] = announced
  if (!first) return []
  const labels = new Set(announced.map((e) => e.label))
  const isNew = begunByReader(remindersToCome(input.sections)).length === 0
  const what = labels.size === 1 ? first.label : isNew ? '新任务' : '此后到期'
  return withDay(`${what} ${total(announced)} 件`, announced, input.now)
}

/** The day of all of them; of several days the first, and how many are of it. */
function withDay(words: string, entries: readonly DigestEntry[], now: Instant): string[] {
  const due = entries.flatMap((e) => e.due ?? []).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0]
  if (!due) return [words]
  const day = `${subjectDay({ now }, due.dueOn, due.provisional)}到期`
  const soonest = entries.filter((e) => e.due?.dueOn === due.dueOn)
  if (soonest.length === entries.length) return [`${words},${day}`]
  return [words, `其中${blank(day)} ${total(soonest)} 件`]
}

/** What was sent back is told with its day, so that the day needs no fact of its own. */
export function returnedFacts({ sections, now }: DigestInput): string[] {
  const returned = returnedLines({ sections })
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

function countedApart(input: DigestInput, code: 'due-today' | 'due-soon'): number {
  const told = things(toldApart(input).filter((e) => e.due?.clock.code === code))
  return told + heldByColleague(input, code)
}

function toldApart(input: DigestInput): DigestEntry[] {
  const told = [...ofKind(input.sections, 'returned'), ...ofKind(input.sections, 'assigned')]
  return [...told, ...performedByColleague(input), ...ownPressedApart(input)]
}

/** A single one is said as it is, of several how many there are. */
export function unwellFacts(input: Pick<DigestInput, 'check'>): string[] {
  const [only, ...others] = unwellOf(input)
  if (only && others.length === 0) return [only.words.replace(/^常态核查:/, '')]
  return countFact('没有着落', unwellOf(input).length, '项')
}

/** What the standing check of the day has found without an account. */
export function unwellOf({ check }: Pick<DigestInput, 'check'>): CheckLine[] {
  return check.filter(({ isWell }) => !isWell)
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= SUBJECT_LENGTH ? text : `${characters.slice(0, SUBJECT_LENGTH - 1).join('')}…`
}
