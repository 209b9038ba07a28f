/** Where a problem came from (R10). */
export const PROBLEM_ORIGIN_LABELS = {
  'post-evaluation': '后评估',
  audit: '审计',
  'performance-review': '绩效评价',
  'one-card': '一卡通',
  'self-check': '自查',
  'spot-check': '抽查',
  'data-check': '数据核对',
} as const
export type ProblemOrigin = keyof typeof PROBLEM_ORIGIN_LABELS

/** What kind of problem it is (R10). */
export const PROBLEM_TYPE_LABELS = {
  'dropped-cover': '脱保',
  'missed-cover': '漏保',
  'wrong-cover': '错保',
  perfunctory: '敷衍塞责',
  other: '其他',
} as const
export type ProblemType = keyof typeof PROBLEM_TYPE_LABELS

/** Why there is no file that shows what was done. */
export const NO_EVIDENCE_LABELS = {
  'on-site': '现场整改,没有书面材料',
  'in-system': '在业务系统中更正,可以在那里核对',
  'on-paper': '纸质材料存档在本单位',
  other: '其他,已在整改情况中写明',
} as const
export type NoEvidence = keyof typeof NO_EVIDENCE_LABELS

/** Numbers of persons and telephones, by which a text names somebody. Pages import this file: Safari before 16.4 knows no look behind. */
const NUMBER_OF_SOMEBODY = /(?:^|\D)(?:\d{15}|\d{17}[\dXx]|1[3-9]\d{9})(?!\d)/

/** Whether a text that is kept in the clear holds a number of somebody. */
export function hasNumberOfSomebody(text: string): boolean {
  return NUMBER_OF_SOMEBODY.test(text)
}

/** The number under which a problem is struck off: 销号〔2022〕001. */
export function strikeOffLabel({ year, number }: { year: number; number: number }): string {
  return `销号〔${year}〕${String(number).padStart(3, '0')}`
}

/** Why a problem cannot be due on a day; null where it can. @param lastOn the end of the phase it belongs to */
export function dueDayRefusal(
  dueOn: string,
  { today, lastOn, phase }: { today: string; lastOn: string | null; phase: string },
): string | null {
  if (dueOn < today) return `整改期限 ${dueOn} 早于今天 ${today},请改为今天或以后的日期。`
  if (lastOn !== null && dueOn > lastOn)
    return `整改期限 ${dueOn} 晚于“${phase}”的截止日 ${lastOn},请改为 ${lastOn} 或更早的日期。`
  return null
}
