import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { ApproverRole } from '../../domain/escalation/policy.ts'
import type { DecisionCode } from '../../domain/obligation/event-labels.ts'
import type { ExtensionState, SuspensionReason } from '../../domain/obligation/request-words.ts'
import type { Stage, State } from '../../domain/obligation/vocabulary.ts'
import { id, instant } from './columns.ts'
import { assignments } from './assignments.ts'
import { obligations } from './obligations.ts'
import { counties, offices } from './offices.ts'

const obligation = () =>
  text('obligation')
    .notNull()
    .references(() => obligations.id)
const origin = () =>
  text('origin')
    .notNull()
    .references(() => assignments.id)

/** The clock stands still from 24:00 of `fromOn` to 24:00 of `untilOn`, or of `resumedOn` where it was resumed earlier. */
export const pauses = pgTable(
  'pauses',
  {
    id: id(),
    obligation: obligation(),
    /** The assignment whose clock stands still. */
    origin: origin(),
    /** What it goes back to. */
    state: text('state').$type<State>().notNull(),
    stage: text('stage').$type<Stage>().notNull(),
    fromOn: date('from_on').notNull(),
    untilOn: date('until_on').notNull(),
    /** Null while it is paused. */
    resumedOn: date('resumed_on'),
    reasonCode: text('reason_code').$type<SuspensionReason>().notNull(),
    approvedBy: text('approved_by').notNull(),
    approvedAt: instant('approved_at').notNull(),
    resumedBy: text('resumed_by'),
  },
  (t) => [
    check('pause_state', sql`${t.state} in ('open','returned')`),
    check('pause_stage', sql`${t.stage} in ('perform','redo')`),
    check(
      'pause_ends_after_it_began',
      sql`${t.untilOn} > ${t.fromOn} and ${t.resumedOn} between ${t.fromOn} and ${t.untilOn}`,
    ),
    // The parts of one obligation.
    index('pauses_by_obligation').on(t.obligation, t.approvedAt),
    // The parts of one assignment, for all that are open at once.
    index('pauses_by_origin').on(t.origin),
    // It is paused once at a time.
    uniqueIndex('pauses_one_open')
      .on(t.obligation)
      .where(sql`resumed_on is null`),
  ],
)

/** A request for more time. Until it is answered it counts as granted, so that what was asked in time is never late. */
export const extensions = pgTable(
  'extensions',
  {
    id: id(),
    obligation: obligation(),
    /** The assignment that gets more time. */
    origin: origin(),
    state: text('state').$type<ExtensionState>().notNull(),
    workingDays: integer('working_days').notNull(),
    grantedDays: integer('granted_days'),
    askedBy: text('asked_by').notNull(),
    askedAt: instant('asked_at').notNull(),
    onLastDay: boolean('on_last_day').notNull(),
    /** Whose people answer, and in which role. */
    office: text('office')
      .notNull()
      .references(() => offices.code),
    roles: jsonb('roles').$type<ApproverRole[]>().notNull(),
    answeredBy: text('answered_by'),
    answeredAt: instant('answered_at'),
    /** The clock stood still while the answer was late. */
    waitedFrom: date('waited_from'),
    waitedUntil: date('waited_until'),
  },
  (t) => [
    check('extension_state', sql`${t.state} in ('pending','granted','refused','lapsed')`),
    check('extension_answer', sql`(${t.state} = 'pending') = (${t.answeredAt} is null)`),
    check(
      'extension_days',
      sql`${t.workingDays} > 0 and ${t.grantedDays} between 1 and ${t.workingDays} and (${t.state} = 'granted') = (${t.grantedDays} is not null)`,
    ),
    check('extension_wait', sql`num_nulls(${t.waitedFrom}, ${t.waitedUntil}) in (0, 2)`),
    index('extensions_by_obligation').on(t.obligation, t.askedAt),
    index('extensions_by_origin').on(t.origin),
    uniqueIndex('extensions_one_pending')
      .on(t.obligation)
      .where(sql`state = 'pending'`),
    // What an office waits to answer.
    index('extensions_by_office')
      .on(t.office)
      .where(sql`state = 'pending'`),
  ],
)

/** What was decided and whoever performs has not been told of yet: the API writes it down, the courier owes its line and takes it away. */
export const decisions = pgTable(
  'decisions',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    obligation: obligation(),
    action: text('action').$type<DecisionCode>().notNull(),
    at: instant('at').notNull(),
    /** By when whoever holds it is to be done now. */
    dueOn: date('due_on').notNull(),
    /** Whose people are told; null: those of whoever performs it. */
    office: text('office').references(() => offices.code),
  },
  (t) => [index('decisions_by_county').on(t.county)],
)
