import type { BesideStage } from '../domain/obligation/vocabulary.ts'
import { answersBeside, colleagueWork, standByWork, theirReviews } from './digest-colleague.ts'
import type { Task } from './digest-known.ts'
import { offersUrl, overdueUrl, ownLateUrl, performUrl, requestsUrl, reviewUrl } from './digest-links.ts'
import { countOf } from './digest-order.ts'
import { isMine, onlyPresses } from './digest-parts.ts'
import { theirReviewParts } from './digest-review-facts.ts'
import { begunWords, workWords } from './digest-sharing.ts'
import type { DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

/**
 * `由赵主任先复核 15 件(2 件已逾期)、督促 1 件,其不在时由您办`: everything a colleague begins with, in one clause, what is late of
 * it first. Of several colleagues with several kinds of work it says 同事, since the order of names is not that of the work.
 */
export function secondTask(input: DigestInput): Task[] {
  const pressed = standByWork(input)
  const { names, count, late } = colleagueWork(input)
  const { waiting: reviews, late: lateReviews } = theirReviews(input)
  const own: (Place & { late: number })[] = [
    {
      ...{ verb: '复核', count: reviews, late: lateReviews, more: theirReviewParts(input) },
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
    { verb: '督促', count: pressed.count, more: [], ...pressPlace(input, pressed.count) },
  ].filter((place) => place.count > 0)
  const [first, ...others] = places
  if (!first) return []
  const reviewing = reviews > 0 ? input.reviewers.firsts.map(flat) : []
  const who = [...new Set([...names, ...reviewing, ...pressed.names])]
  const begin = others.length > 0 && who.length > 1 ? [] : who
  const besides = others.map(({ verb, count, more }) => `、${workWords(verb, count, more)}`).join('')
  const { button, url } = first
  const words = `${begunWords(begin, first.verb, first.count, first.more)}${besides},其不在时由您办`
  return [{ words, button, url }]
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
