import { type ChangedField, CONTENT_LABELS } from '../../domain/obligation/changes.ts'
import { LEVEL_LABELS, type Level } from '../../domain/obligation/vocabulary.ts'
import { ROW_RULES } from '../../ledgers/row-error.ts'
import type { ImportErrorRow } from './staging.ts'

/** What an import says of a row whose number the ledger has. `other`: the import that brought it meanwhile. */
type Known = { row: number; other: string | null }

const DISMISSED = '这项更正此前已决定不采用,没有再提出。'

/** Whether a row brings again what somebody has dismissed: the ledger says something else. */
export function isDismissed({ message }: { message: string }): boolean {
  return message === DISMISSED
}

/** The ledger has it as it is. */
export function duplicateIssue({ row, other }: Known, dismissed: boolean): ImportErrorRow {
  if (dismissed) return issue(row, 'duplicate', DISMISSED)
  const words = other === null ? '台账中已有这条预警' : `另一次导入(${other})已登记这条预警`
  return issue(row, 'duplicate', `${words},内容相同,未重复登记。`)
}

/** Another county has the number: nothing of that county's warning is told or touched. */
export function elsewhereIssue(row: number): ImportErrorRow {
  return issue(row, 'other-county', '别的县已登记这个预警编号,没有登记。请在平台核对编号和所属的县。')
}

/** The ledger has it with other content, which a file of hits leaves as it is. */
export function keptIssue(row: number): ImportErrorRow {
  return issue(row, 'known-number', ROW_RULES['known-number'])
}

/** The ledger has it with other content: what becomes of that, field by field. */
export function changedIssue({ row, other }: Known, fields: readonly ChangedField[]): ImportErrorRow {
  const begins = other === null ? '台账中已有这个预警编号' : `另一次导入(${other})已登记这个预警编号`
  const named = (happens: ChangedField['happens']) =>
    fields
      .filter((f) => f.happens === happens)
      .map(fieldWords)
      .join('、')
  const sentences = [
    [`按本县规则登记时更新`, named('applied')],
    [`要先确认才更新`, named('asked')],
    [`事项已经结束,没有更新(确需更正的,请先重启该事项,再确认)`, named('refused')],
  ].filter(([, what]) => what !== '')
  const told = sentences.map(([how = '', what = '']) => `${how}:${what}。`).join('')
  return issue(row, 'changed', `${begins},内容有变。${told}逐项对照见这次导入的“内容有变”清单。`)
}

/** Names a personal field only. */
function fieldWords({ field, before, after }: ChangedField): string {
  if (field !== 'level' || after === null) return CONTENT_LABELS[field]
  const label = (level: string | number | null) => LEVEL_LABELS[level as Level] ?? '无'
  return `${CONTENT_LABELS.level}(${label(before)}改为${label(after)})`
}

function issue(row: number, rule: ImportErrorRow['rule'], message: string): ImportErrorRow {
  return { row, column: '预警编号', rule, message }
}
