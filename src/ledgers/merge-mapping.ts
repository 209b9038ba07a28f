import type { ColumnMapping, WordMapping } from './mapping.ts'
import { WORD_FIELDS } from './word-meanings.ts'

/** What was said later holds; a field that it gives to a column is taken from the column that had it. */
export function mergeColumns(earlier: ColumnMapping | null, later: ColumnMapping | null): ColumnMapping {
  const taken = new Set(Object.values(later ?? {}).filter((field) => field !== null))
  const kept = Object.entries(earlier ?? {}).filter(([, field]) => field === null || !taken.has(field))
  return { ...Object.fromEntries(kept), ...later }
}

/** What was said later of a word holds. */
export function mergeWords(earlier: WordMapping | null, later: WordMapping | null): WordMapping {
  const both = WORD_FIELDS.map((field) => [field, { ...earlier?.[field], ...later?.[field] }] as const)
  return Object.fromEntries(both.filter(([, words]) => Object.keys(words).length > 0))
}
