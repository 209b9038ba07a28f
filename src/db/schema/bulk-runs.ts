import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { ActionCode } from '../../domain/obligation/actions.ts'
import type { BulkItemState, BulkRunState } from '../../domain/obligation/bulk-run.ts'
import type { Role, State } from '../../domain/obligation/vocabulary.ts'
import type { Permission } from '../../domain/people/permissions.ts'
import { bytea, id, instant } from './columns.ts'
import { obligations } from './obligations.ts'

/** Many obligations acted on at once: what was asked, by whom, and how far it is. */
export const bulkRuns = pgTable(
  'bulk_runs',
  {
    id: id(),
    actor: text('actor').notNull(),
    actorKind: text('actor_kind').$type<'person' | 'key'>().notNull(),
    /** What the session could use as it asked. What somebody holds now is looked up anew, within these. */
    permissions: jsonb('permissions').$type<Permission[]>().notNull(),
    roles: jsonb('roles').$type<Role[]>().notNull(),
    address: text('address'),
    requestId: text('request_id'),
    /** The `Idempotency-Key` it was asked for under, and a hash of that request. */
    requestKey: text('request_key'),
    requestHash: text('request_hash'),
    action: text('action').$type<ActionCode>().notNull(),
    /** The action with what was typed, until the last obligation has its answer. */
    encrypted: bytea('encrypted'),
    keyId: text('key_id'),
    /** Without words that somebody typed. */
    filter: jsonb('filter').$type<Record<string, unknown>>(),
    seenCount: integer('seen_count'),
    total: integer('total').notNull(),
    state: text('state').$type<BulkRunState>().notNull().default('running'),
    askedAt: instant('asked_at').notNull(),
    askedWall: instant('asked_wall').notNull(),
    endedAt: instant('ended_at'),
    undoAskedAt: instant('undo_asked_at'),
    undoAskedWall: instant('undo_asked_wall'),
    undoAddress: text('undo_address'),
    undoRequestId: text('undo_request_id'),
    /** The code of what it could not go on for. */
    problem: text('problem'),
  },
  (t) => [
    check('bulk_run_state', sql`${t.state} in ('running','done','stopped','undoing','undone')`),
    check('bulk_run_actor_kind', sql`${t.actorKind} in ('person','key')`),
    check('bulk_run_is_asked_whole', sql`(${t.filter} is null) = (${t.seenCount} is null)`),
    check('bulk_run_keeps_no_words', sql`(${t.state} = 'running') or (${t.encrypted} is null)`),
    check('bulk_run_has_key_and_request', sql`(${t.requestKey} is null) = (${t.requestHash} is null)`),
    // Once for each caller and key.
    uniqueIndex('bulk_runs_by_key')
      .on(t.actor, t.requestKey)
      .where(sql`request_key is not null`),
    // Runs that ended long ago are removed.
    index('bulk_runs_ended')
      .on(t.endedAt)
      .where(sql`state not in ('running','undoing')`),
    // What somebody asked for last.
    index('bulk_runs_by_actor').on(t.actor, t.askedWall),
    // The standing check asks for those at work.
    index('bulk_runs_at_work')
      .on(t.askedWall)
      .where(sql`state in ('running','undoing')`),
  ],
)

/** One obligation of a run, with its answer. */
export const bulkItems = pgTable(
  'bulk_items',
  {
    run: text('run')
      .notNull()
      .references(() => bulkRuns.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    /** As it was when somebody asked: with another one it is left alone. */
    version: integer('version').notNull(),
    state: text('state').$type<BulkItemState>().notNull().default('left'),
    refused: text('refused'),
    /** Names nobody. */
    message: text('message'),
    doneState: text('done_state').$type<State>(),
    /** As long as it has this one, it can be taken back. */
    doneVersion: integer('done_version'),
  },
  (t) => [
    primaryKey({ columns: [t.run, t.seq] }),
    check('bulk_item_state', sql`${t.state} in ('left','done','refused','skipped','undone','kept')`),
    check(
      'bulk_item_says_why',
      sql`(${t.state} in ('refused','skipped','kept')) = (${t.refused} is not null)`,
    ),
    // The next ones of a run, in the order in which everybody locks many.
    index('bulk_items_next').on(t.run, t.state, t.obligation),
  ],
)
