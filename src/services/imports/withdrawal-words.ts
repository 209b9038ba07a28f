import type { ImportErrorRow } from './staging.ts'

/** The rule of a row whose warning somebody works on. */
export const WORKED_ON = 'worked-on'
const COLUMN = '预警编号'
const WORDS = {
  closed: '已经办结,保留原样。平台撤回不改变已办结的事项。',
  [WORKED_ON]: '已有人办理,没有撤销。确需撤销的,请在这件事项中撤销并写明原因。',
}

/** Why a warning that is withdrawn at the source stays. */
export function keptIssue(row: number, externalId: string, why: keyof typeof WORDS): ImportErrorRow {
  return { row, column: COLUMN, rule: why, message: `${externalId} ${WORDS[why]}` }
}

/** The number that such a sentence about work begins with. */
export function numberKept(message: string): string {
  return message.slice(0, -` ${WORDS[WORKED_ON]}`.length)
}

export function notInLedger(row: number): ImportErrorRow {
  const message = '台账中没有这个预警编号,或者它已经撤销;不用再撤销。'
  return { row, column: COLUMN, rule: 'not-in-ledger', message }
}

export function numberMissing(row: number): ImportErrorRow {
  return { row, column: COLUMN, rule: 'missing-id', message: '预警编号为空。请补上平台的预警编号。' }
}

/** @param first the row that has the number already: begins as the words for warnings do (isRepeatedInFile) */
export function numberTwice(row: number, first: number): ImportErrorRow {
  const message = `与本文件第 ${first} 行是同一个编号,只算一次。`
  return { row, column: COLUMN, rule: 'duplicate', message }
}
