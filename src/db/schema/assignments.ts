import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Kind, Level, Stage } from '../../domain/obligation/vocabulary.ts'
import { policies } from './campaigns.ts'
import { id, instant } from './columns.ts'
import { obligations } from './obligations.ts'
import { offices, people } from './offices.ts'

/** (office, due instant, rule, policy version, kind, level[, single obligation]): what one workflow execution watches (decision 4). */
export const deadlines = pgTable(
  'deadlines',
  {
    id: id(),
    key: text('key').notNull().unique('deadlines_key'),
    county: text('county')
      .notNull()
      .references(() => offices.code),
    office: text('office')
      .notNull()
      .references(() => offices.code),
    dueAt: instant('due_at').notNull(),
    dueOn: date('due_on').notNull(),
    rule: text('rule').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    level: text('level').$type<Level>(),
    stage: text('stage').$type<Stage>().notNull(),
    /** What people read; the words of the rule when the deadline began. */
    label: text('label').notNull(),
    policy: text('policy')
      .notNull()
      .references(() => policies.id),
    obligation: text('obligation').references(() => obligations.id),
    /** Earliest start of a member; the moment `assigned` stands on it. */
    startedAt: instant('started_at').notNull(),
    /** Batches of assignments that joined so far; every firing records how many it saw. */
    joins: integer('joins').notNull().default(1),
    /** Members registered as old data: moments up to here are passed over in silence. */
    silentUntil: instant('silent_until'),
  },
  (t) => [
    check('deadline_level', sql`${t.level} in ('red','orange','yellow')`),
    check('deadline_stage', sql`${t.stage} in ('perform','review','redo','pause','extension','hand-over')`),
    // GET /v1/deadlines sorted by due instant, and its cursor.
    index('deadlines_by_due').on(t.dueAt, t.id),
  ],
)

/** One turn of holding an obligation 承办, with its own clock: a late review never counts against the town. */
export const assignments = pgTable(
  'assignments',
  {
    id: id(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    stage: text('stage').$type<Stage>().notNull(),
    office: text('office')
      .notNull()
      .references(() => offices.code),
    person: text('person').references(() => people.id),
    deadline: text('deadline')
      .notNull()
      .references(() => deadlines.id),
    startOn: date('start_on').notNull(),
    startedAt: instant('started_at').notNull(),
    dueAt: instant('due_at').notNull(),
    dueOn: date('due_on').notNull(),
    /** Working days of the limit; null for a fixed day. */
    workingDays: integer('working_days'),
    provisional: boolean('provisional').notNull(),
    endedAt: instant('ended_at'),
    /** The first assignment of those that go on as one: after a pause, or with another due day. Null for that one itself. */
    origin: text('origin').references((): AnyPgColumn => assignments.id),
  },
  (t) => [
    check('assignment_stage', sql`${t.stage} in ('perform','review','redo','pause','extension','hand-over')`),
    // One holder at a time.
    uniqueIndex('assignments_one_open')
      .on(t.obligation)
      .where(sql`ended_at is null and stage not in ('extension','hand-over')`),
    // One request for more time beside it.
    uniqueIndex('assignments_one_request')
      .on(t.obligation)
      .where(sql`ended_at is null and stage = 'extension'`),
    // One offer to another office beside it.
    uniqueIndex('assignments_one_offer')
      .on(t.obligation)
      .where(sql`ended_at is null and stage = 'hand-over'`),
    // A firing asks what is still open behind its deadline.
    index('assignments_open_by_deadline')
      .on(t.deadline)
      .where(sql`ended_at is null`),
    // The history of one obligation.
    index('assignments_by_obligation').on(t.obligation),
    // How many days still rest on a year without a notice.
    index('assignments_provisional')
      .on(t.obligation)
      .where(sql`ended_at is null and provisional`),
  ],
)
