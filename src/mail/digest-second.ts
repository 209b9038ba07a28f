import { colleagueWork, standByWork } from './digest-colleague.ts'
import type { Task } from './digest-known.ts'
import { overdueUrl, ownUrl, reviewUrl } from './digest-links.ts'
import { onlyPresses } from './digest-parts.ts'
import { theirReviewWords } from './digest-review-facts.ts'
import type { DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

/** `由赵主任先复核 15 件(2 件已逾期)、督促 1 件,其不在时由您办`: everything a colleague begins with, in one clause. */
export function secondTask(input: DigestInput): Task[] {
  const pressed = standByWork(input)
  const { names, count } = colleagueWork(input)
  const reviews = theirReviewWords(input)
  const pressPlace = onlyPresses(input)
    ? { button: '查看本镇逾期', url: ownUrl(input, { standing: 'overdue' }) }
    : { button: '查看全县逾期', url: overdueUrl(input) }
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
    ...(pressed.count > 0 ? [{ words: `督促 ${pressed.count} 件`, ...pressPlace }] : []),
  ]
  const [first] = places
  if (!first) return []
  const reviewing = reviews.length > 0 ? [flat(input.reviewers.first!)] : []
  const who = [...new Set([...names, ...reviewing, ...pressed.names])]
  const words = places.map((place) => place.words).join('、')
  return [{ ...first, words: `由${who.length === 1 ? who[0]! : '同事'}先${words},其不在时由您办` }]
}
