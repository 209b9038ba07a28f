import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core'
import type { CountyMailState, OfficeKind, Role } from '../../domain/obligation/vocabulary.ts'
import type { OfficeHours } from '../../domain/time/office-hours.ts'
import { id, instant } from './columns.ts'

/** The tree province › city › county bureau and its centres › town › village. The code is the path. */
export const offices = pgTable(
  'offices',
  {
    code: text('code').primaryKey(),
    parent: text('parent').references((): AnyPgColumn => offices.code),
    kind: text('kind').$type<OfficeKind>().notNull(),
    name: text('name').notNull(),
    duties: jsonb('duties').$type<string[]>().notNull().default([]),
  },
  (t) => [index('offices_by_parent').on(t.parent)],
)

/** A county's own settings: office hours and mailing rounds belong to it, not to a policy. */
export const counties = pgTable(
  'counties',
  {
    office: text('office')
      .primaryKey()
      .references(() => offices.code),
    hours: jsonb('hours').$type<OfficeHours>().notNull(),
    contact: text('contact').notNull(),
    /** The last day on which the weekly standing was decided. */
    standingOn: date('standing_on'),
    /** The last working day for which the standing check was read. */
    checkedOn: date('checked_on'),
    /** Nothing is decided or sent while it is `preparing`; the courier releases what was held when it is `opening`. */
    mailState: text('mail_state').$type<CountyMailState>().notNull().default('open'),
  },
  (t) => [check('county_mail_state', sql`${t.mailState} in ('preparing','opening','open')`)],
)

/** Staff. Households are elsewhere, encrypted; a work address is no household's data. */
export const people = pgTable(
  'people',
  {
    id: id(),
    name: text('name').notNull(),
    email: text('email').notNull().unique(),
    /** A telephone of the office, for whoever has to press them. */
    phone: text('phone'),
    /** Weekdays on which lines that can wait do not go to them, 0 for Sunday to 6 for Saturday. */
    quietDays: smallint('quiet_days').array().notNull().default([]),
    active: boolean('active').notNull().default(true),
    /** Away from this day; null: not away, whatever else stands here. */
    absentFrom: date('absent_from'),
    /** The last day away; null: until they say they are back. */
    absentUntil: date('absent_until'),
    /** Left or lost their rights; `active` is false from then on. */
    disabledWall: instant('disabled_wall'),
    substitute: text('substitute').references((): AnyPgColumn => people.id),
    /** Counts what was changed of the person and their roles, for whoever edits them. */
    version: integer('version').notNull().default(1),
  },
  (t) => [
    check('absence_begins', sql`coalesce(${t.absentFrom} <= ${t.absentUntil}, ${t.absentUntil} is null)`),
    check('substitute_is_another', sql`${t.substitute} <> ${t.id}`),
    check(
      'quiet_days_leave_one',
      sql`${t.quietDays} <@ '{0,1,2,3,4,5,6}'::smallint[] and not ${t.quietDays} @> '{1,2,3,4,5}'::smallint[]`,
    ),
    // In whose place somebody stands is asked with every request.
    index('people_by_substitute')
      .on(t.substitute)
      .where(sql`substitute is not null`),
  ],
)

/**
 * Who was disabled, or lost a role, over HTTP: the gate that did it sees no obligations, so the courier hands back what they
 * held and passes on what they were owed, and takes the row away. `office` null: they left altogether.
 */
export const departures = pgTable(
  'departures',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    person: text('person')
      .notNull()
      .references(() => people.id),
    office: text('office').references(() => offices.code),
  },
  // The courier asks, whenever it wakes, what its county still owes.
  (t) => [index('departures_by_county').on(t.county)],
)

export const personRoles = pgTable(
  'person_roles',
  {
    person: text('person')
      .notNull()
      .references(() => people.id),
    office: text('office')
      .notNull()
      .references(() => offices.code),
    role: text('role').$type<Role>().notNull(),
    validFrom: date('valid_from'),
    validUntil: date('valid_until'),
  },
  (t) => [primaryKey({ columns: [t.person, t.office, t.role] })],
)
