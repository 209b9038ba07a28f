import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
} from 'drizzle-orm/pg-core'
import type {
  Cause,
  Group,
  Kind,
  Level,
  Phase,
  Source,
  Stage,
  State,
} from '../../domain/obligation/vocabulary.ts'
import { bytea, id, instant, xid8 } from './columns.ts'
import { campaigns, phases, policies } from './campaigns.ts'
import { offices } from './offices.ts'

/** Something an office owes by a due time. Nothing personal stands here: see `subjects`. */
export const obligations = pgTable(
  'obligations',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => offices.code),
    /** Decision 6: doing anything twice is doing it once. Null after an undo, so that the key is free again. */
    key: text('key').unique('obligations_key'),
    externalId: text('external_id'),
    kind: text('kind').$type<Kind>().notNull(),
    state: text('state').$type<State>().notNull().default('open'),
    title: text('title').notNull(),
    campaign: text('campaign').references(() => campaigns.id),
    phase: text('phase').$type<Phase>(),
    office: text('office')
      .notNull()
      .references(() => offices.code),
    reviewer: text('reviewer')
      .notNull()
      .references(() => offices.code),
    level: text('level').$type<Level>(),
    cause: text('cause').$type<Cause>(),
    group: text('key_group').$type<Group>(),
    source: text('source').$type<Source>(),
    startOn: date('start_on').notNull(),
    issuedAt: instant('issued_at').notNull(),
    dueAt: instant('due_at').notNull(),
    dueOn: date('due_on').notNull(),
    provisional: boolean('provisional').notNull(),
    /** The document and clause that fix its day; null where working days decide. */
    basis: text('basis'),
    policy: text('policy')
      .notNull()
      .references(() => policies.id),
    /**
     * The open assignment, written with it by src/services/obligations/assignments.ts. Null when nobody holds the obligation.
     * Foreign keys stand on `assignments` alone.
     */
    stage: text('stage').$type<Stage>(),
    holderOffice: text('holder_office'),
    holderPerson: text('holder_person'),
    holderDueAt: instant('holder_due_at'),
    holderDueOn: date('holder_due_on'),
    /** An assignment of the performer ended when its time was over. */
    endedLate: boolean('ended_late').notNull().default(false),
    acknowledgedAt: instant('acknowledged_at'),
    /** What was known at the beginning and what was handed in, each in the shape its kind gives it (src/kinds). */
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull().default({}),
    result: jsonb('result').$type<Record<string, unknown>>(),
    /** What it follows from: its acceptance brought this about. Null for what begins by itself. */
    followsFrom: text('follows_from').references((): AnyPgColumn => obligations.id),
    importId: text('import_id'),
    contentHash: bytea('content_hash'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    check(
      'obligation_state',
      sql`${t.state} in ('open','submitted','returned','accepted','suspended','cancelled')`,
    ),
    check('obligation_level', sql`${t.level} in ('red','orange','yellow')`),
    check('obligation_stage', sql`${t.stage} in ('perform','review','redo','pause')`),
    check(
      'holder_is_whole',
      sql`num_nulls(${t.stage}, ${t.holderOffice}, ${t.holderDueAt}, ${t.holderDueOn}) in (0, 4)`,
    ),
    check('closed_has_a_time', sql`(${t.state} in ('accepted','cancelled')) = (${t.closedAt} is not null)`),
    foreignKey({
      columns: [t.campaign, t.phase],
      foreignColumns: [phases.campaign, phases.code],
      name: 'obligations_phase',
    }),
    // GET /v1/obligations sorted by due day, its cursor, and the filters by office.
    index('obligations_by_due').on(t.county, t.dueAt, t.id),
    index('obligations_by_office_due').on(t.office, t.dueAt, t.id),
    // The list sorted by issue.
    index('obligations_by_issue').on(t.county, t.issuedAt, t.id),
    index('obligations_by_office_issue').on(t.office, t.issuedAt, t.id),
    // Work queues sorted by the holder's due instant: pressing, overdue, due today, in review.
    index('obligations_open_by_holder_due')
      .on(t.county, t.holderDueAt, t.id)
      .where(sql`stage is not null`),
    index('obligations_open_by_office_holder_due')
      .on(t.office, t.holderDueAt, t.id)
      .where(sql`stage is not null`),
    // 我要办的: what an office holds, whoever performs.
    index('obligations_held_by_due')
      .on(t.holderOffice, t.holderDueAt, t.id)
      .where(sql`stage is not null`),
    // `overdue=true` and the queue to-perform, sorted by due instant: what is done does not stand in the way.
    index('obligations_performing_by_due')
      .on(t.county, t.dueAt, t.id)
      .where(sql`stage in ('perform','redo')`),
    index('obligations_performing_by_office_due')
      .on(t.office, t.dueAt, t.id)
      .where(sql`stage in ('perform','redo')`),
    // The queue in review, sorted by due instant.
    index('obligations_in_review_by_due')
      .on(t.county, t.dueAt, t.id)
      .where(sql`stage = 'review'`),
    index('obligations_in_review_by_office_due')
      .on(t.office, t.dueAt, t.id)
      .where(sql`stage = 'review'`),
    // Phase gates and campaign counts.
    index('obligations_by_phase').on(t.campaign, t.phase, t.state),
    index('obligations_by_external_id').on(t.externalId),
    index('obligations_by_import')
      .on(t.importId)
      .where(sql`import_id is not null`),
    // What follows from an obligation.
    index('obligations_by_follows_from')
      .on(t.followsFrom)
      .where(sql`follows_from is not null`),
  ],
)

/** The household behind a warning, encrypted from the first row on; the blind indexes serve look-up by number or phone. */
export const subjects = pgTable(
  'subjects',
  {
    obligation: text('obligation')
      .primaryKey()
      .references(() => obligations.id),
    encrypted: bytea('encrypted').notNull(),
    keyId: text('key_id').notNull(),
    idNoIndex: bytea('id_no_index'),
    phoneIndex: bytea('phone_index'),
    indexKeyId: text('index_key_id'),
    /** Set when the retention time was over: nothing personal is left in `encrypted`. */
    anonymisedWall: instant('anonymised_wall'),
  },
  (t) => [index('subjects_by_id_no').on(t.idNoIndex), index('subjects_by_phone').on(t.phoneIndex)],
)

/** What happened to an obligation, in order; shown as its history. */
export const events = pgTable(
  'events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    state: text('state').$type<State>().notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    /** What somebody wrote in their own words: it may name a household. */
    encryptedText: bytea('encrypted_text'),
    keyId: text('key_id'),
    /** The sealer takes only what lies below every running transaction. */
    tx: xid8('tx')
      .notNull()
      .default(sql`pg_current_xact_id()`),
  },
  (t) => [index('events_by_obligation').on(t.obligation, t.id)],
)
