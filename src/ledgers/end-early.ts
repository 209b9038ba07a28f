import type { Layout } from './columns.ts'

/** As many rows as a sentence names. */
const ROWS_NAMED = 10

/** Watches for rows of a text that end before their last columns: what those would say nobody knows. */
export class EndEarlyWatch {
  #rows = 0
  readonly #first: string[] = []

  /** Takes a good row. Columns that fill no field are not missed. */
  see(row: number, record: readonly string[], { at, width }: Pick<Layout, 'at' | 'width'>): void {
    if (record.length >= width) return
    const lacks = Object.values(at).filter((column) => column >= record.length).length
    if (lacks === 0) return
    if (++this.#rows <= ROWS_NAMED) this.#first.push(`第 ${row} 行少 ${lacks} 格`)
  }

  /** What is told of the file; nothing where all rows are whole. */
  words(): string[] {
    if (this.#rows === 0) return []
    const more = this.#rows > ROWS_NAMED ? ` 等 ${this.#rows} 行` : ''
    return [`${this.#first.join('、')}${more}:行末没有写的几项按空着登记,请对照平台。`]
  }
}
