import type { Instant } from '../time/days.ts'
import type { Stage } from '../obligation/vocabulary.ts'
import { type MomentForm, START_OF_STAGE } from './moment-form.ts'
import type { Recipient } from './recipients.ts'

/** Why somebody is owed a line, with the tag it begins with. A correction, a weekly standing and a standing check have no line of a deadline. */
export const LINE_TAGS = {
  assigned: '新任务',
  submitted: '待复核',
  returned: '已退回',
  paused: '已暂停',
  requested: '待批',
  offered: '待接收',
  accepted: '已通过',
  reminder: '提醒',
  overdue: '逾期',
  escalation: '督办',
  'passed-on': '转给您',
  copied: '已上报',
} as const
export type LineKind = keyof typeof LINE_TAGS
export type NotificationKind = LineKind | 'correction' | 'standing' | 'standing-check'

/** What a moment is to one of its recipients. */
export function kindFor(
  { passedOn, audience }: Recipient,
  { series }: MomentForm,
  deadline: { stage: Stage; dueAt: Instant },
  now: Instant,
): LineKind {
  if (passedOn) return 'passed-on'
  if (audience.to === 'rung') return 'escalation'
  if (audience.to === 'copy') return 'copied'
  if (now >= deadline.dueAt) return 'overdue'
  return series === 'before' || series === 'due-day' ? 'reminder' : START_OF_STAGE[deadline.stage]
}
