import { dayOf } from '../domain/time/days.ts'
import { dueWords } from './digest-lines.ts'
import { listUrl, overdueUrl, ownUrl, reviewUrl } from './digest-links.ts'
import { isOneThing } from './one-thing.ts'
import { total, things } from './digest-order.ts'
import { knownTasks, type Task } from './digest-known.ts'
import { countedParts } from './digest-parts.ts'
import { commonAsk, ownPressedApart, pressedApart } from './digest-press-facts.ts'
import { countWithRed, SOON } from './digest-standing.ts'
import { askedWords } from './digest-standing-view.ts'
import {
  newFacts,
  offerFacts,
  requestFacts,
  returnedFacts,
  soonLeft,
  todayLeft,
  unwellOf,
} from './digest-subject.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

/** The three things to do first, as the sentence the mail begins with. */
export function headlineOf(input: DigestInput): string {
  const words = tasksOf(input).map((task) => task.words)
  return words.slice(0, 3).join(';') || '没有逾期,没有要办的事'
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

/** A head presses whoever is late in the town; an officer does it. */
function lateTask(input: DigestInput): Task[] {
  const { own } = input.standing
  if (!own || own.late.count === 0) return []
  const words = `逾期${blank(countWithRed(own.late.count, own.late.red))}`
  const url = ownUrl(input, { standing: 'overdue' })
  const { roles } = input.recipient
  const heads = roles.includes('town-head') && !roles.includes('town-officer')
  return heads
    ? [{ words: `请督促本镇${words}`, button: '查看本镇逾期', url }]
    : [{ words: `请先办${words}`, button: '查看逾期事项', url }]
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

function ownTasks(input: DigestInput): Task[] {
  const list = { button: '查看手头事项', url: ownUrl(input, { standing: 'to-perform' }) }
  const today = todayLeft(input)
  const returned = returnedFacts(input).join(',').replace('退回重办', '请重办退回的')
  return [
    ...(returned === '' ? [] : [{ words: returned, ...list }]),
    ...(today > 0
      ? [{ words: `今日到期 ${today} 件`, ...list, url: ownUrl(input, { standing: 'due-today' }) }]
      : []),
  ]
}

function soonTask(input: DigestInput): Task[] {
  const count = soonLeft(input)
  const url = ownUrl(input, { standing: 'to-perform' })
  const words = `${besides(input)}${soonWords(input, count)}`
  return count > 0 ? [{ words, button: '查看手头事项', url }] : []
}

/** Behind what is named with its day it is something else, which the day alone does not tell; before what is new it is older. */
function besides(input: DigestInput): string {
  if (returnedFacts(input).length > 0 || ownPressedApart(input).length > 0) return '另有 '
  if (newFacts(input).length === 0) return ''
  return input.urgent ? '另有 ' : '原有 '
}

/** The day itself where all of them are of one day, else the first of their days. */
function soonWords(input: DigestInput, count: number): string {
  const told = new Set(input.sections.map(({ deadline }) => deadline))
  const soon = input.held.perform.filter((w) => w.clock.code === 'due-soon' && !told.has(w.deadline))
  const days = new Set(soon.map(({ dueOn, provisional }) => yearly(input, dueOn, provisional)))
  // What waits is read first due first.
  const [day] = days
  const all = soon.reduce((sum, work) => sum + work.count, 0)
  if (days.size === 1 && all === count) return `${day}到期 ${count} 件`
  return `${SOON} ${count} 件${day === undefined ? '' : `,最早 ${day}`}`
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

function newTasks(input: DigestInput): Task[] {
  const [only, ...others] = input.sections.flatMap((e) => (e.kind === 'accepted' ? [] : e.items))
  const place =
    only && others.length === 0
      ? { button: '查看这件事项', url: only.url }
      : { button: '查看手头事项', url: ownUrl(input, { standing: 'to-perform' }) }
  const words = newFacts(input).join(',')
  return words === '' ? [] : [{ words: `请办理${blank(words)}`, ...place }]
}

/** A blank stands before a number, none before a word. */
function blank(words: string): string {
  return /^\d/.test(words) ? ` ${words}` : words
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

function yearly({ now }: DigestInput, day: string, provisional: boolean): string {
  return dueWords(day, Number(dayOf(now).slice(0, 4)), provisional)
}
