import { foldedCell } from './cell.ts'

const PLAIN = /^[0-9A-Za-z\u4e00-\u9fff]*$/
const BLANKS = /[\s\u0085\u2800]+/g

/** For codes and words: what a cell says, in half-width forms and without any blank. */
export function compact(text: string): string {
  return PLAIN.test(text) ? text : foldedCell(text).replace(BLANKS, '')
}
