import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import type { MomentForm } from '../../domain/escalation/moment-form.ts'
import type { Audience } from '../../domain/escalation/audience.ts'
import type { NotificationKind } from '../../domain/escalation/notification-kind.ts'
import type { VacancyReason } from '../../domain/escalation/vacant-rung.ts'
import { deadlines } from './assignments.ts'
import { id, instant } from './columns.ts'
import { mails } from './mails.ts'
import { obligations } from './obligations.ts'
import { counties, offices, people } from './offices.ts'

/** The record that a moment happened, or was collapsed into a later one after an outage. */
export const firings = pgTable(
  'firings',
  {
    deadline: text('deadline')
      .notNull()
      .references(() => deadlines.id),
    /** The key of the moment within its deadline; what it is stands in `momentForm`. */
    moment: text('moment').notNull(),
    momentForm: jsonb('moment_form').$type<MomentForm>().notNull(),
    at: instant('at').notNull(),
    firedAt: instant('fired_at').notNull(),
    joins: integer('joins').notNull(),
    collapsedInto: text('collapsed_into'),
    /** How many assignments were open behind the deadline, and how many people were notified. */
    openCount: integer('open_count').notNull(),
    notifiedCount: integer('notified_count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.deadline, t.moment] })],
)

/** Somebody is owed a line in a digest. Unique by cause and recipient (decision 6). */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => offices.code),
    cause: text('cause').notNull(),
    person: text('person')
      .notNull()
      .references(() => people.id),
    kind: text('kind').$type<NotificationKind>().notNull(),
    deadline: text('deadline').references(() => deadlines.id),
    /** What was accepted: then no open deadline says what the line is about. */
    obligation: text('obligation').references(() => obligations.id),
    /** The moment that was told of, as in `firings`; null for what no moment brought about. */
    moment: text('moment'),
    momentForm: jsonb('moment_form').$type<MomentForm>(),
    /** Whose mail did not arrive, so that this person is told in their place. */
    undeliveredTo: text('undelivered_to').references(() => people.id),
    audience: jsonb('audience').$type<Audience>(),
    detail: text('detail'),
    urgent: boolean('urgent').notNull(),
    roundAt: instant('round_at').notNull(),
    state: text('state').notNull().default('queued'),
    mail: text('mail').references(() => mails.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    check('notification_state', sql`${t.state} in ('queued','mailed','moot')`),
    check(
      'notification_moment',
      sql`(${t.moment} is null) = (${t.momentForm} is null) and (${t.moment} is null or ${t.deadline} is not null)`,
    ),
    unique('notifications_key').on(t.cause, t.person),
    // The courier asks what a round owes.
    index('notifications_queued')
      .on(t.county, t.roundAt)
      .where(sql`state = 'queued'`),
    index('notifications_by_mail').on(t.mail),
    index('notifications_by_deadline').on(t.deadline),
  ],
)

/** A rung nobody stands on, or whose mail cannot be delivered; who was told instead. */
export const notReached = pgTable(
  'not_reached',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => offices.code),
    cause: text('cause').notNull(),
    office: text('office')
      .notNull()
      .references(() => offices.code),
    role: text('role').notNull(),
    person: text('person').references(() => people.id),
    reason: text('reason').$type<VacancyReason | 'undeliverable' | 'deferred'>().notNull(),
    passedTo: text('passed_to'),
    at: instant('at').notNull(),
  },
  (t) => [
    unique('not_reached_key').on(t.cause, t.role, t.person).nullsNotDistinct(),
    index('not_reached_by_time').on(t.county, t.at),
  ],
)

/** What was passed and nobody has been told of yet: the API writes it down, the courier owes its line and takes it away. */
export const acceptances = pgTable(
  'acceptances',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
  },
  // The courier asks, whenever it wakes, what its county still owes.
  (t) => [index('acceptances_by_county').on(t.county)],
)
