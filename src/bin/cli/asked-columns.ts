import { knownName, nameKey } from '../../ledgers/column-names.ts'
import { type Field, NEEDED } from '../../ledgers/columns.ts'
import { isHeadOfHousehold } from '../../ledgers/head-of-household.ts'
import { type Asked, HEAD_OF_HOUSEHOLD, samplesOf } from './mapping-asked.ts'
import { fieldLabel } from './said-mapping.ts'

/** What is asked about columns: those that are there twice, missing, likely, and left over. */
export function columnLines({ columns, missing }: Asked): string[] {
  const likely = columns.filter(({ confidence }) => confidence === 'likely')
  const unused = columns.filter(({ confidence }) => confidence === 'none')
  const needed = (field: string) => (NEEDED.includes(field as Field) ? '(必须有)' : '')
  const twice = missing.filter((field) => columnsFor(field, unused).length > 1)
  const lacking = missing.filter((field) => !twice.includes(field))
  const counting = unused.filter(countsRows)
  return [
    ...counting.map(
      (c) =>
        `“${c.name}”一列只是行的序号${samplesOf(c)},不是平台的编号:下一个文件又从头数,会和这一个混在一起,所以不能用。没有别的列是编号的,请在平台导出时勾选“预警编号”。`,
    ),
    ...twice.map((field) => repeatedLine(field, columnsFor(field, unused))),
    ...(lacking.length === 0
      ? []
      : [`没有找到:${lacking.map((field) => `${fieldLabel(field)}${needed(field)}`).join('、')}`]),
    ...likely.map(
      (c) =>
        `待确认:“${c.name}”看来是“${fieldLabel(c.field ?? '')}”${isHeadOfHousehold(c) ? HEAD_OF_HOUSEHOLD : ''}${samplesOf(c)}`,
    ),
    ...(unused.length === 0
      ? []
      : ['没有用到的列:', ...unused.map((column) => `  “${column.name}”${samplesOf(column)}`)]),
  ]
}

/** A column that is called the warning's number and was not taken, since it only counts the rows. */
export function countsRows({ name, samples }: Asked['columns'][number]): boolean {
  const named = knownName(nameKey(name))?.field === 'externalId'
  return named && samples.length > 0 && samples.every((sample) => /^\D{0,4}\d{1,5}\D?$/.test(sample))
}

/** The columns without a field whose name gives this one: two of one name leave it open. */
export function columnsFor(field: string, unused: Asked['columns']): Asked['columns'] {
  return unused.filter(({ name }) => knownName(nameKey(name))?.field === field)
}

function repeatedLine(field: string, columns: Asked['columns']): string {
  const names = columns.map((column) => `“${column.name}”${samplesOf(column)}`).join('、')
  return `文件里有 ${columns.length} 列都像“${fieldLabel(field)}”,都有内容:${names}。请对照例子,说明用哪一列。`
}
