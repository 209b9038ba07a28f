import { CONTENT_LABELS, type ContentField } from '../../domain/obligation/changes.ts'
import type { LeftReason } from './plan-restore.ts'

const WHY: Record<LeftReason, string> = {
  closed: '事项已经结束',
  'changed-since': '此后又更改过',
  'worked-on': '改由的单位已经办理',
  erased: '户的资料已按保存期限删去',
  'office-gone': '原来的单位已经没有了',
  'not-kept': '更正它的是从前的版本,没有记下原来的内容',
}

/** Why fields of a warning stay as an import has corrected them. */
export function leftWords(left: readonly { field: ContentField; why: LeftReason }[]): string {
  const reasons = [...new Set(left.map(({ why }) => why))]
  const named = (why: LeftReason) =>
    left
      .filter((one) => one.why === why)
      .map(({ field }) => CONTENT_LABELS[field])
      .join('、')
  return `${reasons.map((why) => `${named(why)}没有复原,${WHY[why]}`).join(';')}。`
}
