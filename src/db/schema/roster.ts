import { sql } from 'drizzle-orm'
import { check, date, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Cover } from '../../domain/obligation/roster-words.ts'
import type { Group } from '../../domain/obligation/vocabulary.ts'
import { bytea, id, instant } from './columns.ts'
import { counties, offices } from './offices.ts'

const county = () =>
  text('county')
    .notNull()
    .references(() => counties.office)

/** A file of the roster that was registered; it can be taken back as a whole. */
export const rosterImports = pgTable(
  'roster_imports',
  {
    id: id(),
    county: county(),
    state: text('state').$type<'applied' | 'undone'>().notNull(),
    added: integer('added').notNull(),
    changed: integer('changed').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    undoneBy: text('undone_by'),
    undoneAt: instant('undone_at'),
  },
  (t) => [
    check('roster_import_state', sql`${t.state} in ('applied','undone')`),
    check(
      'roster_import_undone',
      sql`(${t.state} = 'undone') = (${t.undoneAt} is not null)
    and num_nulls(${t.undoneBy}, ${t.undoneAt}) in (0, 2)`,
    ),
  ],
)

/** A household of a key group (R16, R18), and by what it is covered since when. */
export const rosterHouseholds = pgTable(
  'roster_households',
  {
    id: id(),
    county: county(),
    office: text('office')
      .notNull()
      .references(() => offices.code),
    group: text('key_group').$type<Group>().notNull(),
    cover: text('cover').$type<Cover>().notNull(),
    coveredSince: date('covered_since'),
    encrypted: bytea('encrypted').notNull(),
    keyId: text('key_id').notNull(),
    idNoIndex: bytea('id_no_index'),
    phoneIndex: bytea('phone_index'),
    indexKeyId: text('index_key_id').notNull(),
    /** The file that brought it; null for one that was entered by itself. */
    import: text('import').references(() => rosterImports.id),
    version: integer('version').notNull().default(1),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    /** Taken off the roster; what points to it stays. */
    removedAt: instant('removed_at'),
    /** Set when the retention time was over: nothing personal is left in `encrypted`. */
    anonymisedWall: instant('anonymised_wall'),
  },
  (t) => [
    check(
      'roster_group',
      sql`${t.group} in ('near-poor','unstable-exit','sudden-hardship','epidemic-or-disaster')`,
    ),
    check('roster_cover', sql`${t.cover} in ('dibao','tekun','marginal','none')`),
    check('roster_covered_since', sql`${t.cover} <> 'none' or ${t.coveredSince} is null`),
    // A household stands on a county's roster once.
    uniqueIndex('roster_households_once')
      .on(t.county, t.idNoIndex)
      .where(sql`id_no_index is not null and removed_at is null`),
    // Where a household stands on it or stood before.
    index('roster_households_by_number')
      .on(t.idNoIndex)
      .where(sql`id_no_index is not null`),
    // The roster of a town, page by page, and its uncovered.
    index('roster_households_by_office').on(t.office, t.id),
  ],
)

/** How a household stood before a file changed it, encrypted, and the version that the file left. */
export const rosterChanges = pgTable(
  'roster_changes',
  {
    import: text('import')
      .notNull()
      .references(() => rosterImports.id),
    household: text('household')
      .notNull()
      .references(() => rosterHouseholds.id),
    version: integer('version').notNull(),
    encrypted: bytea('encrypted'),
    keyId: text('key_id'),
  },
  (t) => [primaryKey({ columns: [t.import, t.household] })],
)
