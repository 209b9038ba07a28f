import { sql } from 'drizzle-orm'
import { check, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { counties } from './offices.ts'

/** A name of a file's head, and the code of the field; null for none. */
export type StoredColumns = Record<string, string | null>
/** A field's words, and the code that each stands for. */
export type StoredWords = Record<string, Record<string, string>>

/** What a county said of the columns below a head. A row is ended, never changed. */
export const importMappings = pgTable(
  'import_mappings',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    /** The same for two files with the same columns (ledgers/mapping.ts). */
    head: text('head').notNull(),
    columns: jsonb('columns').$type<StoredColumns>().notNull(),
    /** The sheet that is meant of a workbook with the sheets that `head` stands for. */
    sheet: text('sheet'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    uses: integer('uses').notNull().default(0),
    lastUsedAt: instant('last_used_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('import_mappings_in_force')
      .on(t.county, t.head)
      .where(sql`${t.endedAt} is null`),
  ],
)

/** What a county said of a word. A row is ended, never changed. */
export const importWords = pgTable(
  'import_words',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    field: text('field').$type<'level' | 'cause' | 'group' | 'source' | 'town'>().notNull(),
    word: text('word').notNull(),
    /** A code of the vocabulary, or of an office. */
    meaning: text('meaning').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('import_words_in_force')
      .on(t.county, t.field, t.word)
      .where(sql`${t.endedAt} is null`),
    check('import_word_field', sql`${t.field} in ('level','cause','group','source','town')`),
  ],
)
