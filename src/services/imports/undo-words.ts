import { CONTENT_LABELS, type ContentField } from '../../domain/obligation/changes.ts'
import type { StaysBecause } from './cancelled-by-import.ts'
import type { LeftReason } from './plan-restore.ts'

const WHY: Record<Exclude<LeftReason, 'days'>, string> = {
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
  const words = (why: LeftReason) =>
    why === 'days'
      ? `${named(why)}已复原,限时没有随着复原,此后又重新算过;请打开这件事项核对限时`
      : `${named(why)}没有复原,${WHY[why]}`
  return `${reasons.map(words).join(';')}。`
}

const STAYS: Record<StaysBecause, string> = {
  acted: '撤销之后又有人办理过,没有恢复。',
  'came-again': '撤销之后,这个预警编号已重新登记为另一件事项,没有恢复;请在那一件上办理。',
  erased: '户的资料已按保存期限删去,没有恢复。确需办理的,请从平台重新导入这一户。',
  'office-gone': '原来承办的单位已经没有了,没有恢复。请在网页上打开这件事项,点“重启”并改派。',
}

/** Why a warning stays cancelled though the import that cancelled it is taken back. */
export function stayedWords(why: StaysBecause): string {
  return STAYS[why]
}
