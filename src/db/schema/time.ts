import {
  bigint,
  bigserial,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { instant } from './columns.ts'
import { offices } from './offices.ts'

/** The five workflows, by the name that stands in pokes, watches and workflow ids. */
export const WATCH_KINDS = ['deadline', 'timeline', 'courier', 'import', 'bulk'] as const
export type WatchKind = (typeof WATCH_KINDS)[number]

/** The one clock every process reads (src/domain/time/clock.ts). */
export const clock = pgTable(
  'clock',
  {
    id: smallint('id').primaryKey().default(1),
    mode: text('mode').$type<'wall' | 'rate' | 'stepped'>().notNull().default('wall'),
    businessAt: instant('business_at'),
    wallAnchor: instant('wall_anchor'),
    rate: doublePrecision('rate'),
  },
  (t) => [
    check('one_clock', sql`${t.id} = 1`),
    check('clock_mode', sql`${t.mode} in ('wall', 'rate', 'stepped')`),
  ],
)

/** Changes of the State Council calendar that the packaged data lacks; each cites its notice. */
export const calendarOverrides = pgTable('calendar_overrides', {
  day: date('day').primaryKey(),
  working: boolean('working').notNull(),
  name: text('name').notNull(),
  source: text('source').notNull(),
})

/** Days of an office over those of the county: of the office and all below it, or of the office alone. */
export const officeDays = pgTable(
  'office_days',
  {
    office: text('office')
      .notNull()
      .references(() => offices.code),
    /** They hold for all below it too, as the days of a county do. */
    below: boolean('below').notNull(),
    day: date('day').notNull(),
    working: boolean('working').notNull(),
    name: text('name').notNull(),
    source: text('source').notNull(),
  },
  (t) => [primaryKey({ columns: [t.office, t.below, t.day] })],
)

/** Insert only. An upsert could merge into a row that the relay is deleting, and the poke would be lost (decision 2). */
export const pokes = pgTable('pokes', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  kind: text('kind').$type<WatchKind>().notNull(),
  subject: text('subject').notNull(),
})

/** One row for each workflow: the ids of the last poke that was relayed and of the last that was answered, and when it will wake. */
export const watches = pgTable(
  'watches',
  {
    kind: text('kind').$type<WatchKind>().notNull(),
    subject: text('subject').notNull(),
    relayed: bigint('relayed', { mode: 'number' }).notNull().default(0),
    answered: bigint('answered', { mode: 'number' }).notNull().default(0),
    wakeAt: instant('wake_at'),
    done: boolean('done').notNull().default(false),
    relayedWall: instant('relayed_wall'),
    answeredWall: instant('answered_wall'),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.subject] }),
    // The watchdog and the stepped clock's driver look for the earliest wake.
    index('watches_by_wake')
      .on(t.wakeAt)
      .where(sql`not done`),
    // The watchdog and "settled" look for unanswered pokes.
    index('watches_unanswered')
      .on(t.relayedWall)
      .where(sql`relayed > answered`),
  ],
)
