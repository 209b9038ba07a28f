import { warningNumberOf } from './external-id.ts'

/** `3`, `003`, `3.`, `(3)`, `第3条`, `NO.3`: a count of rows as people write it. */
const COUNT = /^(?:NO\.?|#|第|序号?)?\(?0*(\d{1,6})[.、)号条行户]?$/i

/** Two numbers follow one another by chance. Numbers of a platform have more than four digits. */
const FEWEST_IN_ORDER = 3
const MOST_COUNTED = 10_000

/**
 * Watches a column from the top of its file: does it only count the rows? Such a number is no warning's, since the next file
 * has it again for another warning. Empty cells say nothing.
 */
export class RowNumberWatch {
  #cells = 0
  #highest = 0
  #last = Number.NaN
  #first = Number.NaN
  #rising = true
  #others = false

  see(cell: string): void {
    if (this.#others) return
    const code = warningNumberOf(cell)
    if (code === '') return
    const [, digits] = COUNT.exec(code) ?? []
    if (digits === undefined) this.#others = true
    const number = Number(digits)
    if (this.#cells === 0) this.#first = number
    if (this.#cells > 0 && number <= this.#last) this.#rising = false
    this.#last = number
    this.#cells++
    this.#highest = Math.max(this.#highest, number)
  }

  /**
   * Rows may have been taken out of the file, so that numbers are left out: half of them at most. A later page counts on from
   * where the one before it ended, or begins at 101.
   */
  onlyCounts(): boolean {
    if (this.#others || this.#cells === 0) return false
    const countsOn = this.#rising && this.#last - this.#first < 2 * this.#cells - 1
    const short = this.#cells >= FEWEST_IN_ORDER && this.#highest < MOST_COUNTED
    return (countsOn && short) || this.#highest <= 2 * this.#cells
  }
}
