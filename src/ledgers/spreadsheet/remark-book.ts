import { LIMITS } from './limits.ts'
import type { SheetRemarks } from './workbook.ts'

/** Gathers what must be told about a sheet, in little memory. */
export class RemarkBook implements SheetRemarks {
  readonly hiddenRows: [number, number][] = []
  readonly hiddenColumns: number[] = []
  readonly unsaved: SheetRemarks['unsaved'] = []

  hide(row: number): void {
    const last = this.hiddenRows.at(-1)
    if (last && last[1] === row - 1) last[1] = row
    else this.hiddenRows.push([row, row])
  }

  hideColumns(first: number, last: number): void {
    for (let column = first; column <= Math.min(last, LIMITS.column); column++)
      this.hiddenColumns.push(column)
  }

  missResult(row: number, column: number): void {
    const known = this.unsaved.find((of) => of.column === column)
    if (known) known.count++
    else this.unsaved.push({ column, row, count: 1 })
  }

  get plain(): SheetRemarks {
    const { hiddenRows, hiddenColumns, unsaved } = this
    return { hiddenRows, hiddenColumns, unsaved }
  }
}
