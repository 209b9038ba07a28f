import { ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { DeadlineRow } from '../deadlines/store.ts'
import type { QueuedNotification } from './store.ts'

/** One line that says why this person got this. */
export function whyTold(notice: QueuedNotification, deadline: DeadlineRow): string {
  const { audience } = notice
  if (notice.kind === 'passed-on') return `${deadline.officeName}的上一级无人可收或邮件无法送达,按规则转知您`
  if (audience?.to !== 'rung') return `您是${deadline.officeName}的承办人员`
  const roles = audience.roles.map((role) => ROLE_LABELS[role]).join('、')
  return `您是${roles},${deadline.officeName}的事项逾期后按督办层级知会`
}
