import type { PgTable } from 'drizzle-orm/pg-core'
import type { Instant } from '../domain/time/days.ts'

/** The form a value has outside the database: an instant is a number of milliseconds (db/pool.ts), all else is as drizzle says. */
type Wire<Value> = Value extends Date ? Instant : Value

/** What a select of these columns gives, named as in the schema: `RowOf<typeof obligations, 'id' | 'dueAt'>`. */
export type RowOf<
  Table extends PgTable,
  Key extends keyof Table['$inferSelect'] = keyof Table['$inferSelect'],
> = { [K in Key]: Wire<Table['$inferSelect'][K]> }

/** What an insert takes: columns that may be null or have a default are optional. */
export type NewRow<Table extends PgTable> = {
  [K in keyof Table['$inferInsert']]: Wire<Table['$inferInsert'][K]>
}
