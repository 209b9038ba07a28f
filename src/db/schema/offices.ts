import { type AnyPgColumn, boolean, date, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { OfficeHours } from '../../domain/office-hours.ts'
import { id, instant } from './columns.ts'

/** The tree province › city › county bureau and its centres › town › village. The code is the path. */
export const offices = pgTable(
  'offices',
  {
    code: text('code').primaryKey(),
    parent: text('parent').references((): AnyPgColumn => offices.code),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    duties: jsonb('duties').$type<string[]>().notNull().default([]),
  },
  (t) => [index('offices_by_parent').on(t.parent)],
)

/** A county's own settings: office hours and mailing rounds belong to it, not to a policy. */
export const counties = pgTable('counties', {
  office: text('office')
    .primaryKey()
    .references(() => offices.code),
  hours: jsonb('hours').$type<OfficeHours>().notNull(),
  contact: text('contact').notNull(),
})

/** Staff. Households are elsewhere, sealed; a work address is no household's data. */
export const people = pgTable('people', {
  id: id(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  active: boolean('active').notNull().default(true),
  absentFrom: date('absent_from'),
  absentUntil: date('absent_until'),
  /** Left or lost their rights; `active` is false from then on. */
  disabledWall: instant('disabled_wall'),
  substitute: text('substitute').references((): AnyPgColumn => people.id),
})

export const personRoles = pgTable(
  'person_roles',
  {
    person: text('person')
      .notNull()
      .references(() => people.id),
    office: text('office')
      .notNull()
      .references(() => offices.code),
    role: text('role').notNull(),
    validFrom: date('valid_from'),
    validUntil: date('valid_until'),
  },
  (t) => [primaryKey({ columns: [t.person, t.office, t.role] })],
)
