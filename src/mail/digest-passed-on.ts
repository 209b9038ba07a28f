import type { Stage } from '../domain/obligation/vocabulary.ts'
import type { DigestEntry, PassedOver } from './digest-types.ts'
import { flat } from './flat.ts'

type Told = Pick<DigestEntry, 'passedOver' | 'stage'>

const HAPPENED: Record<PassedOver['reason'], (post: string, name: string) => string> = {
  vacant: (post) => `${post}岗位现在没有人`,
  'late-themselves': (post) => `${post}就是逾期的经办人本人`,
  undeliverable: (post, name) => `给${post} ${name}的邮件没有送到`,
  deferred: (post, name) => `${post} ${name}的邮箱暂时收不到邮件`,
}

/** `镇分管领导岗位现在没有人,`: why something comes to the reader that was for somebody else; empty for what was for them. */
export function whatHappened({ passedOver }: Told): string {
  const words = passedOver.map(({ reason, post, name }) => HAPPENED[reason](flat(post), flat(name ?? '')))
  return [...new Set(words)].map((happened) => `${happened},`).join('')
}

const VERBS: Record<Stage, string> = {
  ...{ perform: '办理', redo: '办理', review: '复核' },
  ...{ pause: '审批', extension: '审批', 'hand-over': '接收' },
}

/** What whoever presses is to press for. */
const PRESSES: Record<Stage, string> = {
  ...{ perform: '督促办结', redo: '督促办结', review: '督促复核' },
  ...{ pause: '督促审批', extension: '督促答复', 'hand-over': '督促答复' },
}

/** What is asked of whoever presses: where nobody does the work, somebody is to be found for it. */
export function askOf({ passedOver, stage }: Told): string {
  const holder = passedOver.find(({ holds }) => holds)
  if (holder === undefined) return `请${PRESSES[stage]}`
  return holder.name === null ? `请安排人${VERBS[stage]}` : `请转告本人,并${PRESSES[stage]}`
}
