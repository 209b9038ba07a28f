import { nameKey } from './column-names.ts'
import { HEAD_WITHIN } from './head.ts'
import { FileRefused } from './refusals.ts'

/** The columns of a list of problems 问题清单 by our names, and by others that mean the same. */
export const PROBLEM_COLUMNS = {
  office: ['整改单位', '责任单位', '承办单位', '涉及镇', '涉及单位', '乡镇', '镇', '单位'],
  origin: ['问题来源', '来源', '发现渠道', '问题来源渠道'],
  type: ['问题类型', '问题类别', '类型', '类别'],
  wrong: ['存在问题', '问题', '问题描述', '问题内容', '具体问题', '主要问题'],
  dueOn: ['整改期限', '整改时限', '完成时限', '完成期限', '到期日', '截止日期', '整改完成时限'],
  measure: ['整改措施', '措施', '整改要求'],
  responsible: ['责任人', '整改责任人', '负责人', '承办人'],
  title: ['问题名称', '名称', '标题'],
} as const
export type ProblemColumn = keyof typeof PROBLEM_COLUMNS
const REQUIRED: readonly ProblemColumn[] = ['office', 'origin', 'type', 'wrong', 'dueOn']

const FIELD_OF = new Map(
  Object.entries(PROBLEM_COLUMNS).flatMap(([field, names]) =>
    names.map((name) => [nameKey(name), field as ProblemColumn] as const),
  ),
)

/** Where each column stands, and in which line the head is; the first line is 0. */
export type ProblemHead = {
  line: number
  at: Partial<Record<ProblemColumn, number>>
  names: readonly string[]
}

/** Finds the line that names the required columns. @throws FileRefused, naming those that are missing */
export function problemHead(lines: readonly string[][]): ProblemHead {
  const heads = lines.slice(0, HEAD_WITHIN).map(headIn)
  const best = heads.sort((a, b) => countRequired(b) - countRequired(a))[0]
  const missing = REQUIRED.filter((field) => best?.at[field] === undefined)
  if (!best || missing.length > 0)
    throw new FileRefused('missing-column', missingWords(missing.map((field) => PROBLEM_COLUMNS[field][0])))
  return best
}

function headIn(cells: readonly string[], line: number): ProblemHead {
  const at: ProblemHead['at'] = {}
  cells.forEach((cell, column) => {
    const field = FIELD_OF.get(nameKey(cell))
    if (field !== undefined) at[field] ??= column
  })
  return { line, at, names: cells }
}

function countRequired({ at }: ProblemHead): number {
  return REQUIRED.filter((field) => at[field] !== undefined).length
}

function missingWords(names: readonly string[]): string {
  return `没有找到问题清单的这些列:${names.join('、')}。请在表头写上整改单位、问题来源、问题类型、存在问题、整改期限(还可以有整改措施、责任人、问题名称)后再导入。`
}
