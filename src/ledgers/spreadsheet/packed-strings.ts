import { refused } from '../refusals.ts'
import { LIMITS } from './limits.ts'

const SEGMENT_BYTES = 1024 * 1024
const LENGTHS = 2 ** 20

/**
 * Many strings in little memory: their characters stand in few buffers, outside the heap. A file has hundreds of
 * thousands.
 */
export class PackedStrings {
  #segments: Buffer[] = []
  #used = SEGMENT_BYTES
  /** Where each string begins, in bytes over all segments, times LENGTHS, plus its length in bytes. */
  #places: number[] = []

  /** @throws FileRefused for a cell or a table that is too long */
  add(text: string): void {
    if (text.length > LIMITS.cellCharacters) throw refused('cell-too-big', '有一个单元格')
    const bytes = text.length * 2
    if (this.#used + bytes > SEGMENT_BYTES) this.#addSegment()
    const start = (this.#segments.length - 1) * SEGMENT_BYTES + this.#used
    this.#segments.at(-1)?.write(text, this.#used, 'utf16le')
    this.#used += bytes
    this.#places.push(start * LENGTHS + bytes)
  }

  at(index: number): string | undefined {
    const place = this.#places[index]
    if (place === undefined) return undefined
    const length = place % LENGTHS
    const start = (place - length) / LENGTHS
    const at = start % SEGMENT_BYTES
    return this.#segments[(start - at) / SEGMENT_BYTES]?.toString('utf16le', at, at + length)
  }

  #addSegment(): void {
    if (this.#segments.length * SEGMENT_BYTES >= LIMITS.sharedStringBytes) throw refused('workbook-too-big')
    this.#segments.push(Buffer.allocUnsafeSlow(SEGMENT_BYTES))
    this.#used = 0
  }
}
