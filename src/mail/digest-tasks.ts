import { dayOf } from '../domain/time/days.ts'
import { begunByColleague } from './digest-colleague.ts'
import { knownTasks, type Task } from './digest-known.ts'
import { listUrl, overdueUrl, ownUrl, reviewUrl } from './digest-links.ts'
import { total, things } from './digest-order.ts'
import { blank, colleagueTask, lateTask, newTasks, ownTasks, soonTask, yearly } from './digest-own-tasks.ts'
import { countedParts } from './digest-parts.ts'
import { commonAsk, pressedApart } from './digest-press-facts.ts'
import { countWithRed } from './digest-standing.ts'
import { askedWords } from './digest-standing-view.ts'
import { offerFacts, requestFacts, unwellOf } from './digest-subject.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'
import { isOneThing } from './one-thing.ts'

/** The three things to do first, as the sentence the mail begins with. */
export function headlineOf(input: DigestInput): string {
  const words = tasksOf(input).map((task) => task.words)
  const first = nothingFirst(input) ? ['目前没有要您先办的'] : []
  return [...first, ...words].slice(0, 3).join(';') || '没有逾期,没有要办的事'
}

/** Is everything that waits what a colleague begins with? */
function nothingFirst(input: DigestInput): boolean {
  const { press, standBy } = countedParts(input)
  const theirs = [...standBy, ...begunByColleague(input)].length > 0 || input.reviewers.first !== null
  const asked = press.length + input.asked.items.length + requestTask(input).length + offerTask(input).length
  const own =
    lateTask(input).length + ownTasks(input).length + soonTask(input).length + newTasks(input).length
  return theirs && asked + own + unwellTask(input).length === 0
}

/** The button leads to what the reader must do first. */
export function buttonOf(input: DigestInput): { button: string; url: string } {
  const only = input.standing.county?.late.count ? undefined : onlyUrl(input)
  if (only !== undefined) return { button: '查看这件事项', url: only }
  const task = tasksOf(input).find(({ button }) => button !== '')
  return task ?? { button: '查看手头事项', url: ownUrl(input, { standing: 'to-perform' }) }
}

/** Everything the reader is to do, what must be done first at the beginning; then what they are to know. */
export function tasksOf(input: DigestInput): Task[] {
  const review = reviewTask(input)
  const isPressing = reviewIsPressing(input)
  const redAsked = input.asked.red > 0
  return [
    ...(input.urgent ? newTasks(input) : []),
    ...unwellTask(input),
    ...lateTask(input),
    ...(isPressing ? review : []),
    ...(redAsked ? askedTask(input) : []),
    ...pressTask(input),
    ...(redAsked ? [] : askedTask(input)),
    ...ownTasks(input),
    ...(isPressing ? [] : review),
    ...soonTask(input),
    ...requestTask(input),
    ...offerTask(input),
    ...(input.urgent ? [] : newTasks(input)),
    ...colleagueTask(input),
    ...knownTasks(input),
    ...wellTask(input),
  ]
}

/** What the standing check found comes first: nobody else sees to it. */
function unwellTask(input: DigestInput): Task[] {
  const left = unwellOf(input)
  const [first] = left
  if (!first) return []
  const words = `请查明 ${left.length} 项没有着落的`
  return [{ words, button: '查看没有着落的', url: `${input.appUrl}${first.path}` }]
}

function wellTask({ check, appUrl }: DigestInput): Task[] {
  const [first] = check
  return first?.isWell
    ? [{ words: '常态核查一切正常', button: '查看系统状态', url: `${appUrl}${first.path}` }]
    : []
}

/** Past its day, or due today. */
function reviewIsPressing({ standing: { review }, now }: DigestInput): boolean {
  return review !== null && review.oldestDueOn !== null && review.oldestDueOn <= dayOf(now)
}

function reviewTask(input: DigestInput): Task[] {
  const { review } = input.standing
  if (!review) return []
  const { waiting, late, oldestDueOn, provisional } = review
  const day =
    oldestDueOn === null ? '' : `,${waiting > 1 ? '最早 ' : ''}${yearly(input, oldestDueOn, provisional)}到期`
  const past = late === 0 ? day : waiting === 1 ? ',已过期限' : `,已过期限 ${late} 件`
  const url = reviewUrl(input)
  const words = input.reviewers.first
    ? `复核 ${waiting} 件${past},由${flat(input.reviewers.first)}先办`
    : `请复核 ${waiting} 件${past}`
  const button = input.reviewers.first ? `查看待复核 ${waiting} 件` : `去复核 ${waiting} 件`
  return [{ words, button, url }]
}

function pressTask(input: DigestInput): Task[] {
  // What is late of a head's own town is counted above; a late review or answer is not.
  const press = input.standing.county ? countedParts(input).press : pressedApart(input)
  if (press.length === 0) return []
  const red = things(press.filter(({ level }) => level === 'red'))
  // Behind what was asked before it is something else.
  const isSecond = input.asked.red > 0 || lateTask(input).length > 0
  const ask = `${isSecond ? '另' : ''}${input.asked.red > 0 ? '请督促' : commonAsk(press)}`
  const words = `${ask}${blank(countWithRed(things(press), red))}`
  return [{ words, ...placeOf(press, input) }]
}

function askedTask(input: DigestInput): Task[] {
  const { asked } = input
  if (asked.items.length === 0) return []
  const words = askedWords(input, Number(dayOf(input.now).slice(0, 4)))
  return [{ words, button: '查看全县逾期', url: overdueUrl(input) }]
}

/** Requests to be answered, of whatever office. */
function requestTask(input: DigestInput): Task[] {
  const place = { button: '查看延期申请', url: listUrl(input, { standing: 'to-answer' }) }
  return requestFacts(input.sections).map((words) => ({ words, ...place }))
}

function offerTask(input: DigestInput): Task[] {
  const place = { button: '查看移交', url: listUrl(input, { standing: 'to-receive' }) }
  return offerFacts(input.sections).map((words) => ({ words, ...place }))
}

/** A single thing is led to itself, others to what this mail is about. */
function placeOf(entries: readonly DigestEntry[], input: DigestInput): Pick<Task, 'button' | 'url'> {
  const [only] = total(entries) === 1 ? (entries[0]?.items ?? []) : []
  if (only) return { button: '查看请您督促的 1 件', url: only.url }
  return input.standing.county && input.standing.county.late.count > 0
    ? { button: '查看全县逾期', url: overdueUrl(input) }
    : { button: '查看本信所列事项', url: input.mailUrl }
}

function onlyUrl(input: DigestInput): string | undefined {
  if (!isOneThing(input)) return undefined
  return [...input.sections.flatMap((e) => e.items), ...input.late.items][0]?.url
}
