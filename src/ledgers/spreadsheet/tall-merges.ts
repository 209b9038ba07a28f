import { LIMITS } from './limits.ts'
import { columnOf } from './sheet-cells.ts'
import type { TallMerge } from './workbook.ts'
import { attribute, XmlScanner } from './xml.ts'

const END = /<\/(?:[\w.-]+:)?sheetData\s*>/
const LONGEST_END = 64

/**
 * Finds the merged cells of a sheet that are one column wide. They stand behind all rows, so that the sheet is
 * passed over once before it is read.
 */
export async function findTallMerges(pieces: AsyncIterable<string>): Promise<TallMerge[]> {
  const merges: TallMerge[] = []
  const scanner = new XmlScanner({
    open: (name, attributes) => {
      const merge = name === 'mergeCell' ? tallMerge(attribute(attributes, 'ref') ?? '') : null
      if (merge && merges.length < LIMITS.row) merges.push(merge)
    },
    close: () => undefined,
    text: () => undefined,
  })
  for await (const tail of behindRows(pieces)) scanner.push(tail)
  return merges
}

async function* behindRows(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let carry = ''
  let isBehind = false
  for await (const piece of pieces) {
    if (isBehind) {
      yield piece
      continue
    }
    const text = carry + piece
    const end = text.includes('sheetData') ? END.exec(text) : null
    isBehind = end !== null
    carry = text.slice(-LONGEST_END)
    if (end) yield text.slice(end.index + end[0].length)
  }
}

function tallMerge(reference: string): TallMerge | null {
  const [, left = '', top = '', right = '', bottom = ''] =
    /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/i.exec(reference) ?? []
  if (left === '' || left !== right || top === bottom) return null
  return { column: columnOf(left), top: Number(top), bottom: Number(bottom) }
}
