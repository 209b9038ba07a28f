import { bigserial, date, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { assignments, deadlines } from './assignments.ts'
import { obligations } from './obligations.ts'
import { counties, offices, people } from './offices.ts'

/** What an open assignment was behind before its day was counted anew: what that deadline told is part of the story. */
export const recounts = pgTable(
  'recounts',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    assignment: text('assignment')
      .notNull()
      .references(() => assignments.id),
    deadline: text('deadline')
      .notNull()
      .references(() => deadlines.id),
    dueOn: date('due_on').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    index('recounts_by_obligation').on(t.obligation, t.id),
    index('recounts_by_deadline').on(t.deadline),
  ],
)

/** Who gained or lost days and has not been told of it yet: the change writes it down, the courier owes its line and takes it away. */
export const dueChanges = pgTable(
  'due_changes',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    office: text('office')
      .notNull()
      .references(() => offices.code),
    person: text('person').references(() => people.id),
    why: text('why').notNull(),
    later: integer('later').notNull(),
    earlier: integer('earlier').notNull(),
    /** The first of them, by number or title. */
    names: jsonb('names').$type<string[]>().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('due_changes_by_county').on(t.county)],
)
