import type { Cause, Group, Level, Source } from '../domain/obligation/vocabulary.ts'
import type { ExplainedWords } from './explained-words.ts'
import type { WordMapping } from './mapping.ts'
import { foldedCell } from './cell.ts'
import { compact } from './normalise.ts'
import { isPlaceholder } from './placeholder.ts'
import type { WordField } from './unknown-words.ts'
import { causeOf, groupOf, levelOf, sourceOf, type WordFinder } from './known-words.ts'

/** The words of one county: those it explained itself before those that every county uses. */
export type WordFinders = {
  level: WordFinder<Level>
  cause: WordFinder<Cause>
  group: WordFinder<Group>
  source: WordFinder<Source>
}

/** @param seen is told which of the explained words a file has */
export function wordFinders(words: WordMapping = {}, seen?: ExplainedWords): WordFinders {
  const tell = (field: WordField) => (word: string, code: string) => seen?.see(field, word, code)
  return {
    level: explained(words.level, levelOf, tell('level')),
    cause: explained(words.cause, causeOf, tell('cause')),
    group: explained(words.group, groupOf, tell('group')),
    source: explained(words.source, sourceOf, tell('source')),
  }
}

/** Looks a cell up among the words a county explained, which are compared without blanks and wrappers. */
export function explained<Code extends string>(
  words: Readonly<Record<string, Code>> | undefined,
  find: WordFinder<Code>,
  seen: (word: string, code: Code) => void = () => undefined,
): WordFinder<Code> {
  const codes = new Map(Object.entries(words ?? {}).map(([word, code]) => [compact(word), code]))
  if (codes.size === 0) return find
  return (cell) => {
    const word = compact(cell)
    const code = codes.get(word)
    if (code === undefined) return find(cell)
    seen(word, code)
    return code
  }
}

/** What an optional cell names: the first word that is known, and the words that were not taken. */
export type WordReading<Code extends string> = { code: Code | null; unknown: string; left: string }

/** 非因病, 不属于边缘户: a word that is denied is not said. */
const DENIED = /^[非不未没](?!明|详|稳)|^无(?=因)|除外|(?:已|曾)(?:退出|脱离)/
const BETWEEN_WORDS = /[、,;/|+&和及与]|\s+|(?<=.)(?=因[病学残灾疫失])/

/** Reads a cell that may hold several words. `unknown` is one word nobody knows, `left` is what was known but not taken. */
export function readWords<Code extends string>(cell: string, find: WordFinder<Code>): WordReading<Code> {
  const code = find(cell)
  if (code !== undefined) return { code, unknown: '', left: '' }
  const word = compact(cell)
  if (DENIED.test(word)) return { code: null, unknown: word, left: '' }
  if (isPlaceholder(word)) return { code: null, unknown: '', left: '' }
  const parts = partsOf(cell)
  const known = parts.find((part) => find(part) !== undefined)
  if (known === undefined) return { code: null, unknown: word, left: '' }
  const left = parts.filter((part) => part !== known && !isPlaceholder(compact(part)))
  return { code: find(known) ?? null, unknown: '', left: left.map(compact).join('、') }
}

function partsOf(cell: string): string[] {
  return foldedCell(cell)
    .split(BETWEEN_WORDS)
    .filter((part) => part !== '')
}
