import { sql } from 'drizzle-orm'
import { check, date, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { EntryFinding, EntryFollow } from '../../domain/obligation/screening-entry.ts'
import { bytea, id, instant } from './columns.ts'
import { obligations } from './obligations.ts'
import { rosterHouseholds } from './roster.ts'

/** What was handed in with an obligation in words of one's own, beside the codes of `obligations.result`. */
export const resultTexts = pgTable('result_texts', {
  obligation: text('obligation')
    .primaryKey()
    .references(() => obligations.id),
  encrypted: bytea('encrypted').notNull(),
  keyId: text('key_id').notNull(),
})

/** A household that a screening reaches, or has yet to reach (R6). Who it is stands encrypted, with who went there. */
export const screeningEntries = pgTable(
  'screening_entries',
  {
    id: id(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    /** Null while nobody has been there. */
    visitedOn: date('visited_on'),
    finding: text('finding').$type<EntryFinding>(),
    follow: text('follow').$type<EntryFollow>(),
    encrypted: bytea('encrypted').notNull(),
    keyId: text('key_id').notNull(),
    idNoIndex: bytea('id_no_index'),
    phoneIndex: bytea('phone_index'),
    indexKeyId: text('index_key_id').notNull(),
    version: integer('version').notNull().default(1),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Set when the retention time was over: nothing personal is left in `encrypted`. */
    anonymisedWall: instant('anonymised_wall'),
    /** The household of the roster that it is: carried over from it, or found by its number. */
    roster: text('roster').references(() => rosterHouseholds.id),
  },
  (t) => [
    check('entry_finding', sql`${t.finding} in ('eligible','ineligible','not-in-need','not-found')`),
    check('entry_follow', sql`${t.follow} in ('enrolled','monitored','assisted','referred','none')`),
    check('entry_is_whole', sql`num_nulls(${t.visitedOn}, ${t.finding}, ${t.follow}) in (0, 3)`),
    // The entries of one screening, page by page, and their counts.
    index('screening_entries_by_obligation').on(t.obligation, t.id),
    // A household stands in a screening once.
    uniqueIndex('screening_entries_once')
      .on(t.obligation, t.idNoIndex)
      .where(sql`id_no_index is not null`),
    // Whether any screening has reached a household of this number.
    index('screening_entries_by_id_no')
      .on(t.idNoIndex)
      .where(sql`id_no_index is not null`),
    // Which screenings have reached a household of the roster.
    index('screening_entries_by_roster')
      .on(t.roster, t.obligation)
      .where(sql`roster is not null`),
  ],
)
