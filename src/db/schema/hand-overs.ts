import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { HandOverState } from '../../domain/obligation/request-words.ts'
import { id, instant } from './columns.ts'
import { obligations } from './obligations.ts'
import { counties, offices } from './offices.ts'

/**
 * Work offered by one office to another. Number and title are copied: whoever gave it away no longer sees the obligation, and still sees
 * what went where.
 */
export const handOvers = pgTable(
  'hand_overs',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    externalId: text('external_id'),
    title: text('title').notNull(),
    fromOffice: text('from_office')
      .notNull()
      .references(() => offices.code),
    toOffice: text('to_office')
      .notNull()
      .references(() => offices.code),
    state: text('state').$type<HandOverState>().notNull(),
    offeredBy: text('offered_by').notNull(),
    offeredAt: instant('offered_at').notNull(),
    answeredBy: text('answered_by'),
    answeredAt: instant('answered_at'),
    /** The working days that whoever gave it had it, counted as it went. */
    heldDays: integer('held_days'),
    /** A file that names the old office says nothing new, until a correction names another one. */
    inForce: boolean('in_force').notNull().default(true),
  },
  (t) => [
    check('hand_over_state', sql`${t.state} in ('pending','accepted','refused','withdrawn','lapsed')`),
    check('hand_over_answer', sql`(${t.state} = 'pending') = (${t.answeredAt} is null)`),
    check('hand_over_held', sql`(${t.state} = 'accepted') = (${t.heldDays} is not null)`),
    check('hand_over_between_two', sql`${t.fromOffice} <> ${t.toOffice}`),
    index('hand_overs_by_obligation').on(t.obligation, t.offeredAt),
    uniqueIndex('hand_overs_one_pending')
      .on(t.obligation)
      .where(sql`state = 'pending'`),
    // What an office waits to answer; every look at an obligation asks for it too.
    index('hand_overs_pending_to')
      .on(t.toOffice)
      .where(sql`state = 'pending'`),
    // What offices gave away and took over, the newest first.
    index('hand_overs_by_time').on(t.county, t.offeredAt, t.id),
  ],
)
