import { columnName } from './sheet-cells.ts'
import type { SheetRemarks } from './workbook.ts'

const MOST_NAMED = 10

/** What was not to be seen in the sheet, in words for whoever imports it. */
export function remarkWords({ hiddenRows, hiddenColumns, unsaved }: SheetRemarks): string[] {
  const words: string[] = []
  if (hiddenRows.length > 0) words.push(`第 ${named(hiddenRows.map(range))} 行在表中是隐藏的,也读入了。`)
  if (hiddenColumns.length > 0)
    words.push(`${named(hiddenColumns.map(columnName))} 列在表中是隐藏的,也读入了。`)
  for (const { column, row, count } of unsaved)
    words.push(
      `${columnName(column)} 列从第 ${row} 行起有 ${count} 个公式没有存下结果,按空的读入。请用 Excel 或 WPS 打开、保存后再导入。`,
    )
  return words
}

const range = ([first, last]: [number, number]) => (first === last ? String(first) : `${first}–${last}`)

function named(names: string[]): string {
  const shown = names.slice(0, MOST_NAMED).join('、')
  return names.length > MOST_NAMED ? `${shown} 等 ${names.length} 处` : shown
}
