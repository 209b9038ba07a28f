import { refused } from '../refusals.ts'
import { LIMITS } from './limits.ts'
import { type DateSystem, type NumberShape, numberText } from './number-text.ts'
import type { PackedStrings } from './packed-strings.ts'
import { unescaped } from './xml.ts'

/** What all cells of a workbook share. */
export type CellContext = { strings: PackedStrings | null; shapes: NumberShape[]; system: DateSystem }

const SOLE_TEXT: Record<string, string> = { 1: 'TRUE', 0: 'FALSE', true: 'TRUE', false: 'FALSE' }

/** A cell's value as text. `type` and `style` are what its tag says. @throws FileRefused for a string that is none */
export function cellText(type: string, style: number, value: string, context: CellContext): string {
  switch (type) {
    case 's': {
      const text = context.strings?.at(Number(value))
      if (text === undefined) throw refused('workbook-damaged')
      return text
    }
    case 'str':
      return unescaped(value)
    case 'b':
      return SOLE_TEXT[value] ?? value
    case 'e':
      return value
    case 'd':
      return value.replace('T', ' ').replace(/(\.\d+)?Z?$/, '')
    default: {
      const number = Number(value)
      return value === '' || Number.isNaN(number)
        ? value
        : numberText(number, context.shapes[style] ?? null, context.system)
    }
  }
}

/** The column of `AB12`, counted from 0. @throws FileRefused beyond the last column */
export function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  if (column < 1 || column > LIMITS.column) throw refused('workbook-damaged')
  return column - 1
}

/** `AB` for 28. */
export function columnName(column: number): string {
  return column <= 26
    ? String.fromCharCode(64 + column)
    : columnName(Math.floor((column - 1) / 26)) + columnName(((column - 1) % 26) + 1)
}
