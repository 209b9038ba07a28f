import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { ChangedField, PublicContent } from '../../domain/obligation/changes.ts'
import type { Cause, Group, Level, Source } from '../../domain/obligation/vocabulary.ts'
import type { Day } from '../../domain/time/days.ts'
import type { ImportRemark } from '../../kinds/fields.ts'
import { bytea, id, instant } from './columns.ts'
import { obligations } from './obligations.ts'
import { counties, offices } from './offices.ts'

type ImportState =
  | 'validating'
  | 'mapping-needed'
  | 'validated'
  | 'applying'
  | 'applied'
  | 'refused'
  | 'cancelled'
  | 'failed'
  | 'undoing'
  | 'undone'
type ImportForecast = {
  alreadyLate: number
  dueToday: number
  byDueOn: Record<Day, number>
  provisional: number
}

/** A name of a file's head, and the code of the field; null for none. */
type StoredColumns = Record<string, string | null>
/** A field's words, and the code that each stands for. */
type StoredWords = Record<string, Record<string, string>>

/** One uploaded export of the platform and what became of it. */
export const imports = pgTable(
  'imports',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => offices.code),
    filename: text('filename').notNull(),
    bytes: integer('bytes').notNull(),
    dryRun: boolean('dry_run').notNull(),
    /** Register old data without telling anybody of what is late already. */
    silent: boolean('silent').notNull().default(false),
    /** Warnings, or numbers that the platform has withdrawn. */
    kind: text('kind').$type<'warnings' | 'withdrawals'>().notNull().default('warnings'),
    /** The days of issue of which the file claims to hold every warning. */
    completeFrom: date('complete_from'),
    completeUntil: date('complete_until'),
    state: text('state').$type<ImportState>().notNull().default('validating'),
    encoding: text('encoding'),
    rows: integer('rows').notNull().default(0),
    accepted: integer('accepted').notNull().default(0),
    duplicates: integer('duplicates').notNull().default(0),
    changed: integer('changed').notNull().default(0),
    refused: integer('refused').notNull().default(0),
    /** Rows that are registered although something in them was not understood. */
    remarked: integer('remarked').notNull().default(0),
    registered: integer('registered').notNull().default(0),
    byLevel: jsonb('by_level').$type<Record<string, number>>().notNull().default({}),
    byOffice: jsonb('by_office').$type<Record<string, number>>().notNull().default({}),
    forecast: jsonb('forecast').$type<ImportForecast>(),
    problem: jsonb('problem').$type<{ code: string; message: string }>(),
    /** Imports taken back by an earlier release do not say `forgotten`: nothing was. */
    undone: jsonb('undone').$type<{ cancelled: number; forgotten?: number | undefined; kept: string[] }>(),
    /** What was said of this file's sheet, columns and words, and by whom. The reader decides what of it holds (ledgers/mapping.ts). */
    givenSheet: text('given_sheet'),
    givenColumns: jsonb('given_columns').$type<StoredColumns>(),
    givenWords: jsonb('given_words').$type<StoredWords>(),
    givenBy: text('given_by'),
    /** Rows with a level or a town that nobody knows are refused without a question. */
    refuseUnknown: boolean('refuse_unknown').notNull().default(false),
    /** What was found in the file and not understood (services/imports/findings.ts). */
    findingsEncrypted: bytea('findings_encrypted'),
    findingsKeyId: text('findings_key_id'),
    actor: text('actor').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    check(
      'import_state',
      sql`${t.state} in ('validating','mapping-needed','validated','applying','applied','refused','cancelled','failed','undoing','undone')`,
    ),
    check('import_kind', sql`${t.kind} in ('warnings','withdrawals')`),
    check('import_span_is_whole', sql`num_nulls(${t.completeFrom}, ${t.completeUntil}) in (0, 2)`),
  ],
)

/** The upload itself, encrypted, until it is applied. */
export const importChunks = pgTable(
  'import_chunks',
  {
    import: text('import')
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    encrypted: bytea('encrypted').notNull(),
    keyId: text('key_id'),
  },
  (t) => [primaryKey({ columns: [t.import, t.seq] })],
)

/** Checked rows waiting for registration; what is personal is encrypted. */
export const importRows = pgTable(
  'import_rows',
  {
    import: text('import')
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    row: integer('row').notNull(),
    /** The one it will be. */
    obligation: text('obligation').notNull(),
    key: text('key').notNull(),
    externalId: text('external_id').notNull(),
    office: text('office').notNull(),
    level: text('level').$type<Level>().notNull(),
    cause: text('cause').$type<Cause>(),
    group: text('key_group').$type<Group>(),
    source: text('source').$type<Source>(),
    issuedAt: instant('issued_at').notNull(),
    startOn: date('start_on').notNull(),
    contentHash: bytea('content_hash').notNull(),
    encrypted: bytea('encrypted').notNull(),
    keyId: text('key_id').notNull(),
    idNoIndex: bytea('id_no_index'),
    phoneIndex: bytea('phone_index'),
    indexKeyId: text('index_key_id'),
    /** What was not understood of it; null when everything was. */
    remarks: jsonb('remarks').$type<ImportRemark[]>(),
  },
  (t) => [primaryKey({ columns: [t.import, t.row] })],
)

/**
 * What was refused, by row, column and rule; `duplicate` and `changed` are listed too, so that every row is accounted for
 * (R20), and what was not understood of a registered row as `remark`.
 */
export const importErrors = pgTable(
  'import_errors',
  {
    import: text('import')
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    row: integer('row').notNull(),
    column: text('column_name').notNull(),
    rule: text('rule').notNull(),
    message: text('message').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.import, t.seq] }),
    // replaceImportError, dropRemarks and the pages of errors.csv ask by row.
    index('import_errors_row').on(t.import, t.row),
  ],
)

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

/** A row whose number the ledger holds with other content. The household, old and new, is encrypted. */
export const importChanges = pgTable(
  'import_changes',
  {
    import: text('import')
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    row: integer('row').notNull(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    externalId: text('external_id').notNull(),
    fields: jsonb('fields').$type<ChangedField[]>().notNull(),
    /** All that is public of the row. */
    content: jsonb('content').$type<PublicContent>().notNull(),
    /** Of the row as it came. */
    contentHash: bytea('content_hash').notNull(),
    /** Null once it is dismissed. */
    encrypted: bytea('encrypted'),
    keyId: text('key_id'),
    state: text('state').$type<'open' | 'confirmed' | 'applied' | 'dismissed'>().notNull().default('open'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    primaryKey({ columns: [t.import, t.row] }),
    check('import_change_state', sql`${t.state} in ('open','confirmed','applied','dismissed')`),
    // Was this change dismissed before? An erased household takes its changes with it.
    index('import_changes_by_obligation').on(t.obligation),
  ],
)

/** The refused rows of a batch as they stood in the file, with its head; encrypted. */
export const importRefused = pgTable(
  'import_refused',
  {
    import: text('import')
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    firstRow: integer('first_row').notNull(),
    lastRow: integer('last_row').notNull(),
    encrypted: bytea('encrypted').notNull(),
    keyId: text('key_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.import, t.firstRow] })],
)

/** Withdrawn at the source: proposed, and cancelled once confirmed. */
export const importWithdrawals = pgTable(
  'import_withdrawals',
  {
    import: text('import')
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    /** Null for what is missing from a complete file. */
    row: integer('row'),
    externalId: text('external_id').notNull(),
    state: text('state').$type<'open' | 'cancelled' | 'kept'>().notNull().default('open'),
  },
  (t) => [
    primaryKey({ columns: [t.import, t.obligation] }),
    check('import_withdrawal_state', sql`${t.state} in ('open','cancelled','kept')`),
  ],
)
