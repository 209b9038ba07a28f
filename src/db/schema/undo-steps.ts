import { bigint, bigserial, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { ActionCode } from '../../domain/obligation/actions.ts'
import { instant } from './columns.ts'
import { events, obligations } from './obligations.ts'

/** How an obligation was before an action that can be taken back: codes, numbers and ids, and encrypted texts as they stood. */
export const undoSteps = pgTable(
  'undo_steps',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    event: bigint('event', { mode: 'number' })
      .notNull()
      .references(() => events.id),
    action: text('action').$type<ActionCode>().notNull(),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
    /** The version it had after the action; as long as it has it, nobody did anything else. */
    version: integer('version').notNull(),
    before: jsonb('before').$type<unknown>().notNull(),
    undoneAt: instant('undone_at'),
  },
  (t) => [index('undo_steps_by_obligation').on(t.obligation, t.id), index('undo_steps_by_time').on(t.at)],
)
