import { sql } from 'drizzle-orm'
import { check, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Replacement } from '../../domain/obligation/sampling-words.ts'
import type { Group } from '../../domain/obligation/vocabulary.ts'
import { id, instant } from './columns.ts'
import { campaigns } from './campaigns.ts'
import { obligations } from './obligations.ts'
import { counties } from './offices.ts'
import { rosterHouseholds } from './roster.ts'

/** A sample of a county's uncovered households, as it was drawn (R18). */
export const samples = pgTable(
  'samples',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    campaign: text('campaign')
      .notNull()
      .references(() => campaigns.id),
    seed: text('seed').notNull(),
    percent: integer('percent').notNull(),
    /** How many households it was drawn from, and what names them. */
    population: integer('population').notNull(),
    digest: text('digest').notNull(),
    dueOn: date('due_on').notNull(),
    drawnBy: text('drawn_by').notNull(),
    drawnAt: instant('drawn_at').notNull(),
  },
  (t) => [check('sample_percent', sql`${t.percent} between 20 and 100`)],
)

/** A household of the frozen population, as the roster has it; by its warning where the county had no roster. */
export const sampleHouseholds = pgTable(
  'sample_households',
  {
    sample: text('sample')
      .notNull()
      .references(() => samples.id),
    obligation: text('obligation').references(() => obligations.id),
    roster: text('roster').references(() => rosterHouseholds.id),
    /** Whichever of the two it is. */
    household: text('household')
      .notNull()
      .generatedAlwaysAs(sql`coalesce("obligation", "roster")`),
    office: text('office').notNull(),
    group: text('key_group').$type<Group>().notNull(),
    /** In the order of its town and group. */
    place: integer('place').notNull(),
    state: text('state').$type<'waiting' | 'drawn' | 'replaced'>().notNull(),
    /** The county's check of one that was drawn. */
    checkObligation: text('check_obligation').references(() => obligations.id),
    /** Why another stands in its place. */
    replacedFor: text('replaced_for').$type<Replacement>(),
  },
  (t) => [
    primaryKey({ columns: [t.sample, t.household] }),
    // The county's checks of a household that was drawn by its warning.
    index('sample_households_by_obligation')
      .on(t.obligation)
      .where(sql`obligation is not null`),
    // Whether the county's checks have reached a household of the roster.
    index('sample_households_by_roster')
      .on(t.roster)
      .where(sql`roster is not null`),
    check('sample_household_one', sql`num_nonnulls(${t.obligation}, ${t.roster}) = 1`),
    check('sample_household_state', sql`${t.state} in ('waiting','drawn','replaced')`),
    check(
      'sample_household_whole',
      sql`(${t.state} = 'waiting') = (${t.checkObligation} is null)
    and (${t.state} = 'replaced') = (${t.replacedFor} is not null)`,
    ),
  ],
)
