import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { obligations } from './obligations.ts'
import { offices } from './offices.ts'

/** A question of the work list under a name. `person` is a person or an API key. */
export const listViews = pgTable(
  'list_views',
  {
    id: id(),
    person: text('person').notNull(),
    /** Shared with whoever reads of this office; null for a private one. */
    office: text('office').references(() => offices.code),
    name: text('name').notNull(),
    /** As an address of the list has it. */
    query: jsonb('query').$type<Record<string, string>>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    check('list_view_name', sql`length(${t.name}) between 1 and 40`),
    uniqueIndex('list_views_by_person').on(t.person, t.name),
    index('list_views_by_office')
      .on(t.office)
      .where(sql`${t.office} is not null`),
  ],
)

/** At which version somebody last looked at an obligation. */
export const seenObligations = pgTable(
  'seen_obligations',
  {
    person: text('person').notNull(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    version: integer('version').notNull(),
  },
  (t) => [primaryKey({ columns: [t.person, t.obligation] })],
)
