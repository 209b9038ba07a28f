import type { Kind } from '../domain/obligation/vocabulary.ts'

/** Why a reviewer of the demonstration returns something, in words that fit what was handed in. */
const REASONS: Partial<Record<Kind, string>> = {
  warning: '佐证材料不全,请补充入户照片。',
  launch: '没有写明部署会议的时间,请补充。',
  comparison: '比对结果没有附命中名单,请补充。',
  screening: '排查户数与名册对不上,请核对后重报。',
  report: '统计表合计与台账不一致,请更正。',
  rectification: '整改措施没有写到户,请补充。',
}

export function returnReason(kind: Kind): string {
  return REASONS[kind] ?? '内容不全,请补充后重报。'
}
