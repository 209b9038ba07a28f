import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Answers already given to writes, so that a repeated POST is done once. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    actor: text('actor').notNull(),
    key: text('key').notNull(),
    request: text('request').notNull(),
    status: integer('status'),
    body: jsonb('body').$type<unknown>(),
    location: text('location'),
    createdWall: instant('created_wall').notNull(),
  },
  (t) => [primaryKey({ columns: [t.actor, t.key] })],
)

/** Which Temporal namespace the watches live in: another one means its state is gone and everything is poked again. */
export const engineState = pgTable('engine_state', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
})
