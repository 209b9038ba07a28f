import { mergeWords } from '../../ledgers/merge-mapping.ts'
import type { ColumnMapping, WordMapping } from '../../ledgers/mapping.ts'
import {
  fieldNamed,
  type Meanings,
  meaningsOf,
  WORD_FIELDS,
  type WordField,
} from '../../ledgers/word-meanings.ts'
import type { Sql } from '../../db/pool.ts'
import type { Office } from '../people/offices.ts'
import { rememberedMappings, rememberedWords } from './remembered.ts'
import type { ImportRow } from './store.ts'

/** What is known of the columns and words of a file before it is read. */
export type KnownMapping = {
  /** Said of this file. */
  given: ColumnMapping
  /** Said of files with a head before, by the head. */
  byHead: ReadonlyMap<string, ColumnMapping>
  words: WordMapping
  /** The sheet that was said of this file, and those said of workbooks with the same sheets before. */
  sheet: string | undefined
  sheets: ReadonlyMap<string, string>
  /** Words that stood for an office which has gone, with that office. */
  gone: ReadonlyMap<string, string>
}

type Imported = Pick<ImportRow, 'county' | 'givenSheet' | 'givenColumns' | 'givenWords'>

export async function knownMapping(
  sql: Sql,
  found: Imported,
  towns: readonly Office[],
): Promise<KnownMapping> {
  const mappings = await rememberedMappings(sql, found.county)
  const remembered = await rememberedWords(sql, found.county)
  const meanings = (field: WordField) => meaningsOf(field, towns)
  const inForce = remembered.filter(({ field, meaning }) => meanings(field).has(meaning))
  const given = storedWords(found.givenWords, meanings)
  return {
    given: storedColumns(found.givenColumns),
    byHead: new Map(mappings.map(({ head, columns }) => [head, storedColumns(columns)])),
    words: mergeWords(wordsOf(inForce), given),
    sheet: found.givenSheet ?? undefined,
    sheets: new Map(mappings.flatMap(({ head, sheet }) => (sheet === null ? [] : [[head, sheet] as const]))),
    gone: new Map(
      remembered
        .filter((word) => !inForce.includes(word))
        .map(({ field, word, meaning }) => [goneKey(field, word), meaning]),
    ),
  }
}

export function goneKey(field: WordField, word: string): string {
  return `${field}\n${word}`
}

/** What was stored by whatever release, as far as this one knows the fields. */
export function storedColumns(stored: ImportRow['givenColumns']): ColumnMapping {
  const known = Object.entries(stored ?? {}).flatMap(([name, code]) => {
    const field = code === null ? null : fieldNamed(code)
    return field === undefined ? [] : [[name, field] as const]
  })
  return Object.fromEntries(known)
}

/** What was stored of words, as far as the meanings still exist. */
export function storedWords(
  stored: ImportRow['givenWords'],
  meanings: (field: WordField) => Meanings,
): WordMapping {
  const said = WORD_FIELDS.flatMap((field) =>
    Object.entries(stored?.[field] ?? {}).map(([word, meaning]) => ({ field, word, meaning })),
  )
  return wordsOf(said.filter(({ field, meaning }) => meanings(field).has(meaning)))
}

function wordsOf(said: readonly { field: WordField; word: string; meaning: string }[]): WordMapping {
  const words: Partial<Record<WordField, Record<string, string>>> = {}
  for (const { field, word, meaning } of said) words[field] = { ...words[field], [word]: meaning }
  // Every meaning was looked up among the field's own.
  return words as WordMapping
}
