import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import type { CountedItems } from '../../domain/obligation/counted-lists.ts'
import { id, instant } from './columns.ts'
import { counties, offices, people } from './offices.ts'

/** A mailing of digests. Regular ones stand on the county's round times; an urgent one on the instant it was called for. */
export const rounds = pgTable(
  'rounds',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => offices.code),
    at: instant('at').notNull(),
    urgent: boolean('urgent').notNull(),
    composedAt: instant('composed_at').notNull(),
  },
  // "Has the regular round of this instant left?" Not unique: two urgent things at one instant of a stepped clock are two rounds.
  (t) => [index('rounds_by_time').on(t.county, t.at)],
)

/**
 * `accepted`: the server has taken it. `failed`: it did not arrive, or came back. `superseded`: it waited, and a newer mail
 * says what is still true of it. `moot`: it waited, and nothing of it is true any more. `archived`: never meant to leave.
 */
export type MailState = 'queued' | 'sending' | 'accepted' | 'failed' | 'archived' | 'superseded' | 'moot'

/** Outbox: the row stands before SMTP hears of it. `*_wall` columns are wall time: retries are not business. */
export const mails = pgTable(
  'mails',
  {
    id: id(),
    messageId: text('message_id').notNull().unique('mails_message_id'),
    county: text('county')
      .notNull()
      .references(() => offices.code),
    round: text('round')
      .notNull()
      .references(() => rounds.id),
    person: text('person')
      .notNull()
      .references(() => people.id),
    toAddress: text('to_address').notNull(),
    subject: text('subject').notNull(),
    text: text('text_body').notNull(),
    html: text('html_body').notNull(),
    headers: jsonb('headers').$type<Record<string, string>>().notNull(),
    threadId: text('thread_id').notNull(),
    state: text('state').$type<MailState>().notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    reply: text('reply'),
    composedAt: instant('composed_at').notNull(),
    settledAt: instant('settled_at'),
    nextAttemptWall: instant('next_attempt_wall').notNull(),
    settledWall: instant('settled_wall'),
    /** How many late obligations the digest reported; null for what is no digest. */
    lateCount: integer('late_count'),
    /** Which obligations each of its numbers counted when it was composed; null before that was kept, and for what is no digest. */
    counted: jsonb('counted').$type<CountedItems>(),
    /** Whom the last refusal was about. */
    refusalAbout: text('refusal_about').$type<'us' | 'reader' | 'mail' | 'unclear'>(),
    /** Since when the server has not taken this mail. */
    refusedWall: instant('refused_wall'),
    /** A connection broke after the final dot: the server may have it, so it is never composed anew. */
    maybeDelivered: boolean('maybe_delivered').notNull().default(false),
    /** A bounce came after the server had taken it. */
    bouncedAt: instant('bounced_at'),
    /** The mail that says what is still true of a superseded one. */
    supersededBy: text('superseded_by').references((): AnyPgColumn => mails.id),
  },
  (t) => [
    check(
      'mail_state',
      sql`${t.state} in ('queued','sending','accepted','failed','archived','superseded','moot')`,
    ),
    check('mail_refusal_about', sql`${t.refusalAbout} in ('us','reader','mail','unclear')`),
    unique('mails_one_per_round').on(t.round, t.person),
    // The courier asks what still has to leave.
    index('mails_unsent')
      .on(t.county, t.nextAttemptWall)
      .where(sql`state in ('queued','sending')`),
    index('mails_by_time').on(t.composedAt, t.id),
    // The digest before this one.
    index('mails_by_person').on(t.person, t.composedAt),
  ],
)

/**
 * All mail of a county is held while the server refuses what concerns us. `login`: our login. `sender`: our address at MAIL
 * FROM. `refused`: at a reader, in words or by a code about us. `alike`: several readers with the same words. `unreachable`: no
 * mail was taken for ten minutes, since the server is down or puts everybody off.
 */
export const mailHolds = pgTable(
  'mail_holds',
  {
    county: text('county')
      .primaryKey()
      .references(() => counties.office),
    reason: text('reason').$type<'login' | 'sender' | 'refused' | 'alike' | 'unreachable'>().notNull(),
    reply: text('reply').notNull(),
    since: instant('since').notNull(),
    sinceWall: instant('since_wall').notNull(),
  },
  (t) => [check('mail_hold_reason', sql`${t.reason} in ('login','sender','refused','alike','unreachable')`)],
)

/** What a route asks of the courier, which alone changes mails and takes the row away. */
export const mailOrders = pgTable(
  'mail_orders',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    kind: text('kind').$type<'retry' | 'bounce' | 'resend'>().notNull(),
    messageId: text('message_id'),
    reply: text('reply'),
  },
  (t) => [
    check('mail_order_kind', sql`${t.kind} in ('retry','bounce','resend')`),
    check('mail_order_of_one_mail', sql`(${t.kind} <> 'retry') = (${t.messageId} is not null)`),
    index('mail_orders_by_county').on(t.county),
  ],
)
