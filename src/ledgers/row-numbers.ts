import { warningNumberOf } from './external-id.ts'

/** `3`, `003`, `3.`, `(3)`, `第3条`, `NO.3`: a count of rows as people write it. */
const COUNT = /^(?:NO\.?|#|第|序号?)?\(?0*(\d{1,6})[.、)号条行户]?$/i

/**
 * Watches a column from the top of its file: does it only count the rows? Such a number is no warning's, since the next file
 * has it again for another warning. Empty cells say nothing.
 */
export class RowNumberWatch {
  #cells = 0
  #highest = 0
  #others = false

  see(cell: string): void {
    if (this.#others) return
    const code = warningNumberOf(cell)
    if (code === '') return
    const [, digits] = COUNT.exec(code) ?? []
    if (digits === undefined) this.#others = true
    this.#cells++
    this.#highest = Math.max(this.#highest, Number(digits))
  }

  /** Rows may have been taken out of the file, so that numbers are left out: half of them at most. */
  onlyCounts(): boolean {
    return !this.#others && this.#cells > 0 && this.#highest <= 2 * this.#cells
  }
}
