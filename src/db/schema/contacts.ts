import { sql } from 'drizzle-orm'
import { bigint, check, date, index, pgTable, text } from 'drizzle-orm/pg-core'
import type { ContactMeans } from '../../domain/obligation/request-words.ts'
import { id, instant } from './columns.ts'
import { events, obligations } from './obligations.ts'
import { counties, people } from './offices.ts'

/** A telephone call or a visit about an obligation. What was said is kept encrypted with the event. */
export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => counties.office),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    event: bigint('event', { mode: 'number' })
      .notNull()
      .references(() => events.id),
    means: text('means').$type<ContactMeans>().notNull(),
    /** Who was told. */
    person: text('person')
      .notNull()
      .references(() => people.id),
    contactedOn: date('contacted_on').notNull(),
    promisedOn: date('promised_on'),
    notedBy: text('noted_by').notNull(),
    notedAt: instant('noted_at').notNull(),
    /** The promise was not kept, and whoever noted it was told. */
    toldAt: instant('told_at'),
  },
  (t) => [
    check('contact_means', sql`${t.means} in ('telephone','visit')`),
    check('contact_promise', sql`${t.promisedOn} >= ${t.contactedOn}`),
    index('contacts_by_obligation').on(t.obligation, t.notedAt),
    // Promises that the courier still looks at.
    index('contacts_promised')
      .on(t.county, t.promisedOn)
      .where(sql`promised_on is not null and told_at is null`),
  ],
)
