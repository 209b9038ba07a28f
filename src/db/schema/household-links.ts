import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { obligations } from './obligations.ts'
import { counties } from './offices.ts'

/** What a person decided of a possible twin: two obligations are of one household, or of two. */
export const householdLinks = pgTable(
  'household_links',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    /** The lesser of the two, so that a pair stands once. */
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    other: text('other')
      .notNull()
      .references(() => obligations.id),
    same: boolean('same').notNull(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: instant('decided_at').notNull(),
    /** Who took the decision back, and when. */
    endedBy: text('ended_by'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    check('household_link_order', sql`${t.obligation} < ${t.other}`),
    check('household_link_ended', sql`num_nulls(${t.endedBy}, ${t.endedAt}) in (0, 2)`),
    // A pair has one decision at a time.
    uniqueIndex('household_links_once')
      .on(t.obligation, t.other)
      .where(sql`ended_at is null`),
    // What is joined to an obligation, from whichever of the two one starts.
    index('household_links_by_other').on(t.other),
  ],
)
