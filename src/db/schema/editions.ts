import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, smallint } from 'drizzle-orm/pg-core'

/**
 * How often the directory (offices, counties, people, roles) and the calendar have changed: counted by triggers in the
 * transaction of the change, so that what a process remembers of an edition is exactly what stands in the tables.
 */
export const editions = pgTable(
  'editions',
  {
    id: smallint('id').primaryKey().default(1),
    directory: bigint('directory', { mode: 'number' }).notNull().default(1),
    calendar: bigint('calendar', { mode: 'number' }).notNull().default(1),
  },
  (t) => [check('one_edition', sql`${t.id} = 1`)],
)
