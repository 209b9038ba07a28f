import type { TallMerge } from './workbook.ts'

/**
 * Repeats a value that stands once for many rows, like one town beside twenty households, in each of them. Above
 * the data nothing is repeated: there a merged cell is a head.
 */
export class FillDown {
  readonly #merges: readonly TallMerge[]
  readonly #dataFrom: number
  #next = 0
  #active: { column: number; bottom: number; value: string }[] = []

  constructor(merges: readonly TallMerge[], dataFrom: number) {
    this.#merges = merges.filter(({ top }) => top >= dataFrom).sort((a, b) => a.top - b.top)
    this.#dataFrom = dataFrom
  }

  /** Fills a row that has something of its own. Rows must come in order. */
  apply(row: number, record: string[]): void {
    if (row < this.#dataFrom || (this.#active.length === 0 && this.#next === this.#merges.length)) return
    this.#active = this.#active.filter(({ bottom }) => bottom >= row)
    for (const { column, value } of this.#active) {
      while (record.length <= column) record.push('')
      if (record[column] === '') record[column] = value
    }
    for (let merge = this.#merges[this.#next]; merge && merge.top <= row; merge = this.#merges[++this.#next])
      if (merge.top === row && record[merge.column])
        this.#active.push({ ...merge, value: record[merge.column] ?? '' })
  }
}
