import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { ChangedField, PublicContent } from '../../domain/obligation/changes.ts'
import type { Replaced } from '../../domain/obligation/replaced.ts'
import { bytea, instant } from './columns.ts'
import { ofImport } from './imports.ts'
import { obligations } from './obligations.ts'

/** A row whose number the ledger holds with other content. The household, old and new, is encrypted. */
export const importChanges = pgTable(
  'import_changes',
  {
    import: ofImport(),
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
    /** What was written of it, and what stood there before; null while nothing was. */
    replaced: jsonb('replaced').$type<Replaced[]>(),
  },
  (t) => [
    primaryKey({ columns: [t.import, t.row] }),
    check('import_change_state', sql`${t.state} in ('open','confirmed','applied','dismissed')`),
    // Was this change dismissed before? An erased household takes its changes with it.
    index('import_changes_by_obligation').on(t.obligation),
  ],
)

/** A warning that a file of hits raised, and another file of another reach holds too: no undo of the hits takes it away. */
export const importRepeats = pgTable(
  'import_repeats',
  {
    import: ofImport(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.import, t.obligation] }),
    index('import_repeats_by_obligation').on(t.obligation),
  ],
)

/** The refused rows of a batch as they stood in the file, with its head; encrypted. */
export const importRefused = pgTable(
  'import_refused',
  {
    import: ofImport(),
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
    import: ofImport(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    /** Null for what is missing from a complete file. */
    row: integer('row'),
    externalId: text('external_id').notNull(),
    state: text('state').$type<'open' | 'cancelled' | 'kept'>().notNull().default('open'),
    /** Why, in somebody's words: of the file, or of whoever confirmed it. It may name a household. */
    encrypted: bytea('encrypted'),
    keyId: text('key_id'),
  },
  (t) => [
    primaryKey({ columns: [t.import, t.obligation] }),
    check('import_withdrawal_state', sql`${t.state} in ('open','cancelled','kept')`),
  ],
)
