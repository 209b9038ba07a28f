import type { BesideStage } from '../domain/obligation/vocabulary.ts'
import { answersBeside, colleagueWork, standByWork } from './digest-colleague.ts'
import type { Task } from './digest-known.ts'
import { offersUrl, overdueUrl, ownUrl, requestsUrl, reviewUrl } from './digest-links.ts'
import { countOf } from './digest-order.ts'
import { isMine, onlyPresses } from './digest-parts.ts'
import { theirReviewWords } from './digest-review-facts.ts'
import { beginnersWords } from './digest-sharing.ts'
import type { DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

/**
 * `由赵主任先复核 15 件(2 件已逾期)、督促 1 件,其不在时由您办`: everything a colleague begins with, in one clause. Of several
 * colleagues with several kinds of work it says 同事, since the order of names is not that of the work.
 */
export function secondTask(input: DigestInput): Task[] {
  const pressed = standByWork(input)
  const { names, count } = colleagueWork(input)
  const reviews = theirReviewWords(input)
  const places = [
    ...reviews.map((words) => ({ words, button: '查看待同事复核的事项', url: reviewUrl(input) })),
    ...(count > 0
      ? [
          {
            words: `办理 ${count} 件`,
            button: '查看同事先办的事项',
            url: ownUrl(input, { standing: 'to-perform' }),
          },
        ]
      : []),
    ...(pressed.count > 0
      ? [{ words: `督促 ${pressed.count} 件`, ...pressPlace(input, pressed.count) }]
      : []),
  ]
  const [first] = places
  if (!first) return []
  const reviewing = reviews.length > 0 ? input.reviewers.firsts.map(flat) : []
  const who = [...new Set([...names, ...reviewing, ...pressed.names])]
  const words = places.map((place) => place.words).join('、')
  const begin = places.length > 1 && who.length > 1 ? '同事' : beginnersWords(who)
  return [{ ...first, words: `由${begin}先${words},其不在时由您办` }]
}

/** Of a town it is the list of what is late, unless all of it is answers of one kind, which stand in their own. */
function pressPlace(input: DigestInput, count: number): Pick<Task, 'button' | 'url'> {
  if (!onlyPresses(input)) return { button: '查看全县逾期', url: overdueUrl(input) }
  const answers = answersBeside(input).filter((work) => !isMine(work))
  const isAll = (stage: BesideStage) => countOf(answers.filter((work) => work.stage === stage)) === count
  if (isAll('extension')) return { button: '查看延期申请', url: requestsUrl(input) }
  if (isAll('hand-over')) return { button: '查看移交', url: offersUrl(input) }
  return { button: '查看本镇逾期', url: ownUrl(input, { standing: 'overdue' }) }
}
