import { ROLE_LABELS, type Stage } from '../../domain/obligation/vocabulary.ts'
import type { QueuedNotification } from './store.ts'

/** What the holder of each stage does. */
const DUTIES: Record<Stage, string> = {
  ...{ perform: '承办', redo: '承办', review: '复核' },
  ...{ pause: '审批', extension: '审批', 'hand-over': '接收' },
}

type Told = Pick<QueuedNotification, 'kind' | 'audience' | 'undeliveredTo'> & { stage?: Stage | null }

/**
 * One line that says why this person got this, in the mail and on the pages about it.
 * @param officeName of the office whose deadline it is about; null for what is about none
 * @param addressee what the line calls the recipient: 您 in the mail, 收件人 for whoever looks it up
 */
export function recipientReason(
  { kind, audience, undeliveredTo, stage }: Told,
  officeName: string | null,
  addressee: '您' | '收件人',
): string {
  if (kind === 'standing') return `${addressee}的岗位在每周第一个工作日收到一次逾期情况`
  if (kind === 'standing-check') return `${addressee}的岗位每个工作日收到一次常态核查`
  if (kind === 'correction' || officeName === null) return '更正、放行、日期或人员变动的告知'
  if (undeliveredTo !== null) return `${officeName}事项的邮件没有送达原收件人,按规则改由${addressee}接收`
  if (kind === 'passed-on') return `${officeName}应告知的岗位没有人,按规则改由${addressee}接收`
  if (audience === null || audience.to === 'holder')
    return `${addressee}是${officeName}的${DUTIES[stage ?? 'perform']}人员`
  // Whoever presses and whoever gets a copy are told by one rule: the line itself says which of them the reader is.
  const roles = audience.roles.map((role) => ROLE_LABELS[role]).join('、')
  return `${addressee}是${roles},${officeName}的事项逾期后按督办层级告知`
}
