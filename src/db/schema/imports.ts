import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import type { Cause, Group, Level, Source } from '../../domain/obligation/vocabulary.ts'
import type { Day } from '../../domain/time/days.ts'
import type { ImportRemark } from '../../kinds/fields.ts'
import { bytea, id, instant } from './columns.ts'
import type { StoredColumns, StoredWords } from './import-mappings.ts'
import { obligations } from './obligations.ts'
import { offices } from './offices.ts'

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
  /** Up to three rows of each, as they were checked. */
  late?: DueRow[] | undefined
  today?: DueRow[] | undefined
}
/** A row that falls due soon, with the name of its town. */
type DueRow = { row: number; externalId: string; town: string; dueOn: Day }

/** What taking back did. Earlier releases forgot nothing and restored nothing, and do not say so. */
type Undone = {
  cancelled: number
  forgotten?: number | undefined
  kept: string[]
  restored?: number | undefined
  left?: { externalId: string; message: string }[] | undefined
  /** Of what it had cancelled as withdrawn at the source. */
  reopened?: number | undefined
  stayed?: { externalId: string; message: string }[] | undefined
}

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
    /** The comparison whose hits the file holds (R3); null for any other file. */
    comparison: text('comparison').references((): AnyPgColumn => obligations.id),
    /** Where its rows may raise new warnings and nothing else, who may see it there; null: a file of the county, which may correct too. */
    reach: text('reach').references(() => offices.code),
    /**
     * The office that brought a file of hits, as it was sent: it reads the rows in the clear and may always cancel it. Null for other files,
     * for what a key sent, and for what a worker or API of the release before wrote: these are the sender's alone.
     */
    broughtBy: text('brought_by').references(() => offices.code),
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
    undone: jsonb('undone').$type<Undone>(),
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
    /** The registered import whose rows with faults the file has, mended (services/imports/mended-apart.ts); null for any other file. */
    mends: text('mends').references((): AnyPgColumn => imports.id),
    /**
     * Which rows of that import, in the order of the file. Once it is registered, the first is that of its row 2, and 0 stands for a row that
     * mends none.
     */
    mendsRows: jsonb('mends_rows').$type<number[]>(),
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
    check('import_mends_are_whole', sql`num_nulls(${t.mends}, ${t.mendsRows}) in (0, 2)`),
    // The files that mend rows of one.
    index('imports_by_mends')
      .on(t.mends)
      .where(sql`mends is not null`),
    // The files of a comparison.
    index('imports_by_comparison')
      .on(t.comparison)
      .where(sql`comparison is not null`),
  ],
)

/** What hangs on an import goes with it. */
export const ofImport = () =>
  text('import')
    .notNull()
    .references(() => imports.id, { onDelete: 'cascade' })

/** The upload itself, encrypted, until it is applied. */
export const importChunks = pgTable(
  'import_chunks',
  {
    import: ofImport(),
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
    import: ofImport(),
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
    import: ofImport(),
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
