import { mergeWords } from '../../ledgers/merge-mapping.ts'
import { nameKey } from '../../ledgers/column-names.ts'
import type { Field } from '../../ledgers/columns.ts'
import type { ColumnMapping, Survey, WordMapping } from '../../ledgers/mapping.ts'
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
  /** Fields that were said of columns before, whatever head they stood in, by the name of the column; none where two were said. */
  byName: ReadonlyMap<string, Field>
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
  const [mappings, remembered] = await Promise.all([
    rememberedMappings(sql, found.county),
    rememberedWords(sql, found.county),
  ])
  const meanings = (field: WordField) => meaningsOf(field, towns)
  const inForce = remembered.filter(({ field, meaning }) => meanings(field).has(meaning))
  const given = storedWords(found.givenWords, meanings)
  const said = mappings.map(({ columns }) => storedColumns(columns))
  return {
    byName: fieldsByName(said),
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

function fieldsByName(said: readonly ColumnMapping[]): Map<string, Field> {
  const fields = new Map<string, Set<Field | null>>()
  for (const [name, field] of said.flatMap((columns) => Object.entries(columns)))
    fields.set(nameKey(name), (fields.get(nameKey(name)) ?? new Set()).add(field))
  const one = [...fields].flatMap(([name, [first, other]]) =>
    first && other === undefined ? [[name, first] as const] : [],
  )
  return new Map(one)
}

/**
 * What the county has said of columns of these names answers all that a file asks; null where something is left to ask. What is proposed
 * now has to be the same: a name alone may mean another thing elsewhere.
 */
export function answeredByName({ byName }: KnownMapping, { columns, missing }: Survey): ColumnMapping | null {
  const asked = columns.filter(({ confidence }) => confidence === 'likely')
  const known = asked.filter(({ name, field }) => field !== null && byName.get(nameKey(name)) === field)
  if (asked.length === 0 || known.length < asked.length || missing.length > 0) return null
  return Object.fromEntries(known.map(({ name, field }) => [name, field]))
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
