import { answerFacts, pauseFacts } from './digest-answers.ts'
import { countsOf, freshFact, freshness } from './digest-fresh.ts'
import { knownTasks, type Task } from './digest-known.ts'
import { offersUrl, performUrl, requestsUrl, reviewUrl } from './digest-links.ts'
import { blank } from './digest-order.ts'
import { lateTask, newTasks, returnedTask, soonTask, todayTask } from './digest-own-tasks.ts'
import { amongWords, ASK_AGAIN, type Pressing, pressingOf, redPart } from './digest-press-facts.ts'
import { ownReviews, theirReviews } from './digest-colleague.ts'
import { isMine } from './digest-parts.ts'
import { reviewFacts, reviewWords } from './digest-review-facts.ts'
import { secondTask } from './digest-second.ts'
import { unwellFacts, unwellOf } from './digest-subject.ts'
import { urgentSecond } from './digest-urgent-second.ts'
import type { DigestInput } from './digest-types.ts'
import { dayAhead, type DayWords } from './digest-soon.ts'
import { isOneThing } from './one-thing.ts'

/** The three things to do first, as the sentence the mail begins with; what is only to be known stands there where nothing is asked. */
export function headlineOf(input: DigestInput): string {
  const asked = askedTasks(input)
  const second = secondTask(input)
  const known = asked.length + second.length > 0 ? [] : [...knownTasks(input), ...wellTask(input)]
  // What an urgent letter is about has its place, whatever else is asked.
  const most = urgentSecond(input) === null ? 3 : 2
  const words = [...asked.slice(0, most), ...second, ...known].map((task) => task.words)
  const nothing = asked.length === 0 && second.length > 0 ? ['现在没有要您办的'] : []
  return [...nothing, ...words].slice(0, 3).join(';') || '没有逾期,没有要办的事'
}

/** The button leads to what the reader must do first. */
export function buttonOf(input: DigestInput): { button: string; url: string } {
  const only = input.standing.county?.late.count ? undefined : onlyUrl(input)
  if (only !== undefined) return { button: '查看这件事项', url: only }
  const task = tasksOf(input).find(({ button }) => button !== '')
  return task ?? { button: '查看待办事项', url: performUrl(input) }
}

/** Everything the reader is to do, what must be done first at the beginning; then what they are to know. */
export function tasksOf(input: DigestInput): Task[] {
  return [...askedTasks(input), ...secondTask(input), ...knownTasks(input), ...wellTask(input)]
}

/** What is asked of the reader: their own work first, of it what is late and then what is due today; then whom they press. */
function askedTasks(input: DigestInput): Task[] {
  const isReviewLate = reviewFacts(input).isLate
  return [
    ...(input.urgent ? newTasks(input) : []),
    ...unwellTask(input),
    ...lateTask(input),
    ...(isReviewLate ? reviewTask(input) : []),
    ...answerTasks(input, true),
    ...todayTask(input),
    ...(isReviewLate ? [] : reviewTask(input)),
    ...answerTasks(input, false),
    ...returnedTask(input),
    ...soonTask(input),
    ...pressTask(input),
    ...pauseTask(input),
    ...(input.urgent ? [] : newTasks(input)),
  ]
}

/** What the standing check found comes first: nobody else sees to it. */
function unwellTask(input: DigestInput): Task[] {
  const left = unwellOf(input)
  const [first] = left
  if (!first) return []
  const [fact = ''] = unwellFacts(input)
  const words = left.length === 1 ? `请查明:${fact}` : `请查明 ${left.length} 项没有着落的`
  return [{ words, button: '查看没有着落的', url: `${input.appUrl}${first.path}` }]
}

function wellTask({ check, appUrl }: DigestInput): Task[] {
  const [first] = check
  return first?.isWell
    ? [{ words: '常态核查一切正常', button: '查看系统状态', url: `${appUrl}${first.path}` }]
    : []
}

function reviewTask(input: DigestInput): Task[] {
  const own = ownReviews(input)
  if (own === null) return []
  const words = reviewWords(input).join(',')
  const button = `去复核 ${own.waiting} 件`
  if (theirReviews(input).waiting === 0) return [{ words, button, url: reviewUrl(input) }]
  // The list has also what a colleague begins with.
  const [only, ...others] = input.held.review.filter(isMine)
  return only && others.length === 0 && only.count === own.waiting && only.count === 1
    ? [{ words, button, url: only.item.url }]
    : [{ words, button: '查看待复核的事项', url: reviewUrl(input) }]
}

/** `请督促 15 件(红色 1 件),先督促焕古镇红色预警核查(逾期 75 个工作日)`, and the button opens that one. */
function pressTask(input: DigestInput): Task[] {
  const pressing = pressingOf(input)
  if (!pressing) return []
  const { count, red, reviews, first, ask } = pressing
  // What is late of a head's own town is counted before; a late review or answer is not.
  const beside = !input.standing.county && lateTask(input).length > 0 ? '另' : ''
  const [ofReds, ofReviews] = [red < count ? red : 0, reviews < count ? reviews : 0]
  const told = freshFact(countsOf(freshness(input)))
  const parts = told === '' ? redPart(ofReds, ofReviews) : `(${told})${amongWords(ofReds, ofReviews)}`
  const number = `${blank(red === count ? `红色 ${count} 件` : `${count} 件`)}${parts}`
  const when = first.late > 0 ? `(逾期 ${first.late} 个工作日)` : ''
  const whom = `${first.office}${first.what}`
  const place = placeOf(pressing, input)
  if (!input.standing.county || ask !== '请督促') return [{ words: `${beside}${ask}${number}`, ...place }]
  return count === 1
    ? [{ words: `${told === '' ? ask : ASK_AGAIN}${whom} 1 件${when}`, ...place }]
    : [{ words: `${ask}${number},先督促${whom}${when}`, ...place }]
}

/** A single thing is led to itself, others to the first of them; of whoever has no county to what this mail is about. */
function placeOf({ count, first }: Pressing, input: DigestInput): Pick<Task, 'button' | 'url'> {
  if (first.url === '' || (count > 1 && !input.standing.county))
    return { button: '查看本信所列事项', url: input.mailUrl }
  const button = count === 1 ? '查看请您督促的 1 件' : `查看先督促的 1 件(${first.office})`
  return { button, url: first.url }
}

/** Requests and offers to be answered, of whatever office: those of a kind of which one is late, or the others. */
function answerTasks(input: DigestInput, late: boolean): Task[] {
  const places = {
    extension: { button: '查看延期申请', url: requestsUrl(input) },
    'hand-over': { button: '查看移交', url: offersUrl(input) },
  }
  return answerFacts(input, dayIn(input))
    .filter(({ isLate }) => isLate === late)
    .map(({ stage, words }) => ({ words, ...places[stage] }))
}

/** The day in full, as a headline has room for it. */
function dayIn(input: DigestInput): DayWords {
  return (day, provisional) => dayAhead(input, day, provisional)
}

/** No list of the app has the pauses alone. */
function pauseTask(input: DigestInput): Task[] {
  const place = { button: '查看本信所列事项', url: input.mailUrl }
  return pauseFacts(input).map((words) => ({ words, ...place }))
}

function onlyUrl(input: DigestInput): string | undefined {
  if (!isOneThing(input)) return undefined
  return [...input.sections.flatMap((e) => e.items), ...input.late.items][0]?.url
}
