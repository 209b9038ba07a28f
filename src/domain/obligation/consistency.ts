import type { ChangedField } from './changes.ts'

/** The five ways in which people, ledgers and system disagree, in the words of the notice (R11). */
export const CONSISTENCY_LABELS = {
  untrue: '不实',
  inexact: '不准',
  incomplete: '不全',
  inconsistent: '不一致',
  outdated: '更新不及时',
} as const
export type ConsistencyCode = keyof typeof CONSISTENCY_LABELS
/** So many findings become problems at once. */
export const MOST_FINDINGS = 200

/** What each means where an export of the platform is held against the ledger. */
export const CONSISTENCY_RULES: Readonly<Record<ConsistencyCode, string>> = {
  untrue: '台账在办,平台写明完整的文件里没有',
  inexact: '平台的文件里写得不对,例如身份证号校验不符、日期无效',
  incomplete: '平台有、台账没有,或平台的文件里缺必填的内容',
  inconsistent: '两边都有,内容不同',
  outdated: '平台已重新发布、已办结或已撤回,台账还是原来的',
}

/** What it is that the ledger and a row of the platform differ: a later issue means that the ledger was not brought up to date. */
export function codeOfChange(fields: readonly ChangedField[]): 'inconsistent' | 'outdated' {
  const issued = fields.find(({ field }) => field === 'issued')
  return issued && Number(issued.after) > Number(issued.before) ? 'outdated' : 'inconsistent'
}
