import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { AttachmentType } from '../../domain/obligation/attachment-types.ts'
import { bytea, id, instant } from './columns.ts'
import { obligations } from './obligations.ts'
import { counties } from './offices.ts'

const county = () =>
  text('county')
    .notNull()
    .references(() => counties.office)
const obligation = () => text('obligation').references(() => obligations.id)

/** A problem of the list (R10). Its words may name a household and are encrypted. */
export const problems = pgTable(
  'problems',
  {
    obligation: obligation().primaryKey(),
    county: county(),
    /** Shared by the problems that one entry was split into. */
    batch: text('batch').notNull(),
    /** What is wrong, the measure, whoever answers for it; null once its retention is over. */
    encrypted: bytea('encrypted'),
    keyId: text('key_id'),
    /** The running number under which it was struck off, and what it counts in. */
    series: text('series'),
    number: integer('number'),
    numberYear: integer('number_year'),
    /** What found it, and for a finding of a look-back its place in the list. */
    foundBy: text('found_by').references(() => obligations.id),
    finding: integer('finding'),
  },
  (t) => [
    // What an obligation has found.
    index('problems_by_found_by')
      .on(t.foundBy)
      .where(sql`found_by is not null`),
    uniqueIndex('problems_one_number')
      .on(t.series, t.number)
      .where(sql`${t.number} is not null`),
    check('problem_number_whole', sql`num_nulls(${t.series}, ${t.number}, ${t.numberYear}) in (0, 3)`),
  ],
)

/** The last number of a county's year. */
export const strikeOffSeries = pgTable('strike_off_series', {
  series: text('series').primaryKey(),
  county: county(),
  last: integer('last').notNull(),
})

/** The content of a file, once in a county; `digest` is a keyed hash of it. */
export const attachmentFiles = pgTable(
  'attachment_files',
  {
    county: county(),
    digest: text('digest').notNull(),
    type: text('type').$type<AttachmentType>().notNull(),
    bytes: integer('bytes').notNull(),
    /** Null once its retention is over. */
    encrypted: bytea('encrypted'),
    keyId: text('key_id'),
  },
  (t) => [primaryKey({ columns: [t.county, t.digest] })],
)

/** A file on an obligation; its encrypted value is its name. */
export const attachments = pgTable(
  'attachments',
  {
    id: id(),
    obligation: obligation().notNull(),
    county: text('county').notNull(),
    digest: text('digest').notNull(),
    encrypted: bytea('encrypted'),
    keyId: text('key_id'),
    uploadedBy: text('uploaded_by').notNull(),
    uploadedAt: instant('uploaded_at').notNull(),
    /** Since then it stays. */
    handedInAt: instant('handed_in_at'),
  },
  (t) => [
    foreignKey({
      name: 'attachments_file_fk',
      columns: [t.county, t.digest],
      foreignColumns: [attachmentFiles.county, attachmentFiles.digest],
    }).onUpdate('cascade'),
    // The files of one obligation, each of them once.
    uniqueIndex('attachments_by_obligation').on(t.obligation, t.digest),
    // Whether a file still hangs on something.
    index('attachments_by_file').on(t.county, t.digest),
  ],
)
