import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { AttemptOutcome } from '../../domain/audit/labels.ts'
import type { Stream } from '../../domain/audit/chain.ts'
import type { Finding } from '../../domain/audit/walk.ts'
import { bytea, instant, xid8 } from './columns.ts'

/** The trail: who did or was refused what, from where. Append-only; sealed in chained blocks (R9). */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    tx: xid8('tx')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    atWall: instant('at_wall').notNull(),
    county: text('county'),
    actor: text('actor').notNull(),
    behalf: text('behalf'),
    address: text('address'),
    action: text('action').notNull(),
    subject: text('subject'),
    outcome: text('outcome').$type<AttemptOutcome>().notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    requestId: text('request_id'),
  },
  (t) => [
    check('audit_outcome', sql`${t.outcome} in ('done','refused')`),
    // The trail of one thing, and of one person.
    index('audit_events_by_subject').on(t.subject, t.id),
    index('audit_events_by_actor').on(t.actor, t.id),
  ],
)

/** A seal 封存 over consecutive events of one stream, chained to the seal before. `entries`: id and keyed hash of each. */
export const auditBlocks = pgTable(
  'audit_blocks',
  {
    stream: text('stream').$type<Stream>().notNull(),
    number: bigint('number', { mode: 'number' }).notNull(),
    firstId: bigint('first_id', { mode: 'number' }).notNull(),
    lastId: bigint('last_id', { mode: 'number' }).notNull(),
    count: integer('count').notNull(),
    entries: bytea('entries').notNull(),
    previous: bytea('previous').notNull(),
    mac: bytea('mac').notNull(),
    sealedWall: instant('sealed_wall').notNull(),
  },
  (t) => [primaryKey({ columns: [t.stream, t.number] })],
)

/** Where a stream begins after whole blocks were pruned. */
export const auditCheckpoints = pgTable('audit_checkpoints', {
  stream: text('stream').$type<Stream>().primaryKey(),
  number: bigint('number', { mode: 'number' }).notNull(),
  throughId: bigint('through_id', { mode: 'number' }).notNull(),
  mac: bytea('mac').notNull(),
  seal: bytea('seal').notNull(),
  prunedWall: instant('pruned_wall').notNull(),
})

/** Heads of the chain as they were published: what lies below one cannot be cut off unnoticed. */
export const auditHeads = pgTable(
  'audit_heads',
  {
    stream: text('stream').$type<Stream>().notNull(),
    number: bigint('number', { mode: 'number' }).notNull(),
    mac: bytea('mac').notNull(),
    publishedWall: instant('published_wall').notNull(),
    toAddress: text('to_address'),
  },
  (t) => [primaryKey({ columns: [t.stream, t.number] })],
)

/** A check of the whole chain: asked for by an auditor, or the daily one. Of findings it keeps codes, numbers and times alone. */
export const auditChecks = pgTable(
  'audit_checks',
  {
    id: text('id').primaryKey(),
    askedWall: instant('asked_wall').notNull(),
    askedBy: text('asked_by'),
    endedWall: instant('ended_wall'),
    findings: jsonb('findings').$type<Finding[]>(),
    /** Null where none could be looked for, since the master key was replaced. */
    faultCount: integer('fault_count'),
  },
  (t) => [
    check('audit_check_ends_with_findings', sql`(${t.endedWall} is null) = (${t.findings} is null)`),
    uniqueIndex('audit_check_open')
      .on(sql`(${t.endedWall} is null)`)
      .where(sql`${t.endedWall} is null`),
    index('audit_checks_newest').on(t.askedWall),
  ],
)
