import { TRADITIONAL_PAIRS } from './traditional-table.ts'

const SIMPLIFIED_OF = new Map(
  Array.from(TRADITIONAL_PAIRS.matchAll(/(\S)(\S)/gu), ([, from = '', to = '']) => [from, to]),
)
const TRADITIONAL = new RegExp(`[${[...SIMPLIFIED_OF.keys()].join('')}]`, 'u')
const EACH_TRADITIONAL = new RegExp(TRADITIONAL, 'gu')

/** Writes words of heads, levels and places in simplified characters. Names of people stay as they are. */
export function simplified(text: string): string {
  if (!TRADITIONAL.test(text)) return text
  return text.replace(EACH_TRADITIONAL, (c) => SIMPLIFIED_OF.get(c) ?? c)
}
