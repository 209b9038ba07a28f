import type { BesideStage } from '../domain/obligation/vocabulary.ts'
import { answersBeside, colleagueWork, standByWork, theirReviews } from './digest-colleague.ts'
import type { Task } from './digest-known.ts'
import { offersUrl, overdueUrl, ownLateUrl, performUrl, requestsUrl, reviewUrl } from './digest-links.ts'
import { countOf } from './digest-order.ts'
import { isMine, onlyPresses } from './digest-parts.ts'
import { theirReviewParts } from './digest-review-facts.ts'
import { begunWords, workWords } from './digest-sharing.ts'
import type { DigestInput } from './digest-types.ts'
import { type UrgentSecond, urgentSecond } from './digest-urgent-second.ts'
import { flat } from './flat.ts'

/**
 * `由赵主任先复核 15 件(2 件已逾期)、督促 1 件,其不在时由您办`: everything a colleague begins with, in one clause, what is late of
 * it first. Of several colleagues with several kinds of work it says 同事, since the order of names is not that of the work.
 */
export function secondTask(input: DigestInput): Task[] {
  const news = urgentSecond(input)
  if (news === null) return workTask(input, null)
  // Whoever was told may begin no more, and then nothing else of theirs is counted.
  const whole = workTask(input, null)[0] ?? { button: '查看本信所列事项', url: input.mailUrl }
  const place = news.url === null ? whole : { button: '查看这件事项', url: news.url }
  return [{ ...place, words: news.words }, ...workTask(input, news)]
}

/** @param news is said already */
function workTask(input: DigestInput, news: UrgentSecond | null): Task[] {
  const pressed = standByWork(input)
  const { names, ...performed } = colleagueWork(input)
  const { waiting, late: lateReviews } = theirReviews(input)
  const { count, late } = leftOf('办理', performed, news)
  const reviews = leftOf('复核', { count: waiting, late: lateReviews }, news)
  const pressing = leftOf('督促', { count: pressed.count, late: 0 }, news).count
  const own: (Place & { late: number })[] = [
    {
      ...{ verb: '复核', ...reviews, more: news?.verb === '复核' ? [] : theirReviewParts(input) },
      ...{ button: '查看待同事复核的事项', url: reviewUrl(input) },
    },
    {
      ...{
        verb: '办理',
        count,
        late,
        more: late === 0 ? [] : [late === count ? '已逾期' : `${late} 件已逾期`],
      },
      ...{ button: '查看同事先办的事项', url: performUrl(input) },
    },
  ]
  const places: Place[] = [
    ...own.sort((a, b) => Number(b.late > 0) - Number(a.late > 0)),
    { verb: '督促', count: pressing, more: [], ...pressPlace(input, pressing) },
  ].filter((place) => place.count > 0)
  const [first, ...others] = places
  if (!first) return []
  const reviewing = reviews.count > 0 ? input.reviewers.firsts.map(flat) : []
  const who = [...new Set([...names, ...reviewing, ...pressed.names])]
  const begin = others.length > 0 && who.length > 1 ? [] : who
  const besides = others.map(({ verb, count, more }) => `、${workWords(verb, count, more)}`).join('')
  const { button, url } = first
  const another = news === null ? '' : '另'
  const words = `${another}${begunWords(begin, first.verb, first.count, first.more)}${besides},其不在时由您办`
  return [{ words, button, url }]
}

type Late = { count: number; late: number }

/** What is left of it beside what an urgent letter has said of its news. */
function leftOf(verb: string, { count, late }: Late, news: UrgentSecond | null): Late {
  return verb === news?.verb ? { count: count - news.count, late: late - news.late } : { count, late }
}

type Place = Pick<Task, 'button' | 'url'> & { verb: string; count: number; more: string[] }

/** Of a town it is the list of what is late, unless all of it is answers of one kind, which stand in their own. */
function pressPlace(input: DigestInput, count: number): Pick<Task, 'button' | 'url'> {
  if (!onlyPresses(input)) return { button: '查看全县逾期', url: overdueUrl(input) }
  const answers = answersBeside(input).filter((work) => !isMine(work))
  const isAll = (stage: BesideStage) => countOf(answers.filter((work) => work.stage === stage)) === count
  if (isAll('extension')) return { button: '查看延期申请', url: requestsUrl(input) }
  if (isAll('hand-over')) return { button: '查看移交', url: offersUrl(input) }
  return { button: '查看本镇逾期', url: ownLateUrl(input) }
}
