import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import type {
  ExtensionRules,
  HandOverRules,
  Policy,
  Rule,
  SuspensionRules,
  TellRoles,
} from '../../domain/escalation/policy.ts'
import type { MonitoringRules } from '../../domain/obligation/monitoring.ts'
import type { FileRules } from '../../domain/obligation/change-rules.ts'
import type { CampaignTemplate, TemplateItem } from '../../domain/obligation/campaign-template.ts'
import type { BeginChoice } from '../../domain/obligation/begin-phase.ts'
import type { Phase } from '../../domain/obligation/vocabulary.ts'
import type { GateRule } from '../../domain/obligation/gates.ts'
import { id, instant } from './columns.ts'
import { offices } from './offices.ts'

/** A versioned set of rules, pinned on an assignment when it is made. */
export const policies = pgTable(
  'policies',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => offices.code),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    example: boolean('example').notNull(),
    rules: jsonb('rules').$type<Rule[]>().notNull(),
    /** Whom a week begins by telling how things stand; null: nobody. */
    standing: jsonb('standing').$type<Policy['standing']>(),
    /** How long a mailbox may put a mail off; null: the product's own limits. */
    deferral: jsonb('deferral').$type<Policy['deferral']>(),
    /** What a changed warning does by itself; null: as the release has it. */
    changes: jsonb('changes').$type<FileRules>(),
    /** How often a monitored household is visited; null for the product's own interval. */
    monitoring: jsonb('monitoring').$type<MonitoringRules>(),
    suspension: jsonb('suspension').$type<SuspensionRules>(),
    extension: jsonb('extension').$type<ExtensionRules>(),
    handOver: jsonb('hand_over').$type<HandOverRules>(),
    /** Who wrote it and why; null for what came with the county. */
    author: text('author'),
    reason: text('reason'),
    /** From this day on it binds what begins; null: from its own beginning. */
    validFrom: date('valid_from'),
    /** Who reads each working day whether everything is accounted for; null: nobody. */
    standingCheck: jsonb('standing_check').$type<TellRoles>(),
    /** Who is told that a gate was overridden; null: nobody. */
    override: jsonb('override').$type<TellRoles>(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [unique('policies_one_version').on(t.county, t.version)],
)

/** One year's action plan in one county. */
export const campaigns = pgTable(
  'campaigns',
  {
    id: id(),
    county: text('county')
      .notNull()
      .references(() => offices.code),
    year: integer('year').notNull(),
    title: text('title').notNull(),
    template: text('template').notNull(),
    /** The document it carries out, as receipts cite it. */
    source: text('source').notNull().default(''),
    /** How often the year compares with each partner (R3), as its template said; null for one that began before this was kept. */
    comparisons: jsonb('comparisons').$type<CampaignTemplate['comparisons']>(),
    state: text('state').$type<'open' | 'closed'>().notNull().default('open'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [unique('campaigns_one_a_year').on(t.county, t.year)],
)

/** Opens, falls due, closes through its gate (R12–R15). The template's items are copied, so a later edit of the file moves nothing. */
export const phases = pgTable(
  'phases',
  {
    campaign: text('campaign')
      .notNull()
      .references(() => campaigns.id),
    code: text('code').$type<Phase>().notNull(),
    title: text('title').notNull(),
    ordinal: integer('ordinal').notNull(),
    opensOn: date('opens_on').notNull(),
    dueOn: date('due_on').notNull(),
    clause: text('clause').notNull(),
    items: jsonb('items').$type<TemplateItem[]>().notNull(),
    /** What stands in the way of its closing. */
    gate: jsonb('gate').$type<GateRule>().notNull().default({ waitsFor: 'campaign' }),
    openedAt: instant('opened_at'),
    closedAt: instant('closed_at'),
    /** How it stood when it closed; null while it runs, or where the previous release closed it (ADR 0015). */
    closedTotal: integer('closed_total'),
    closedDone: integer('closed_done'),
    closedCarried: integer('closed_carried'),
    overriddenBy: text('overridden_by'),
    overrideReason: text('override_reason'),
    /** When, over how many blockers, and who was told; null where the previous release overrode. */
    overriddenAt: instant('overridden_at'),
    overriddenBlockers: integer('overridden_blockers'),
    overrideTold: jsonb('override_told').$type<{ id: string; name: string }[]>(),
    /** How a phase was begun that was past when the campaign was launched, on whose word, and who decided it. */
    begunAs: text('begun_as').$type<BeginChoice>(),
    begunWordOf: text('begun_word_of'),
    begunBy: text('begun_by'),
    /** The day the plan fixed, where the phase was taken over with another. */
    originalDueOn: date('original_due_on'),
    /** The day before it was moved for this year alone; null where it never was. */
    plannedDueOn: date('planned_due_on'),
  },
  (t) => [
    primaryKey({ columns: [t.campaign, t.code] }),
    index('phases_unclosed').on(t.campaign, t.ordinal),
    check('phase_begun_as', sql`${t.begunAs} in ('done-before','taken-over','late')`),
    check(
      'phase_begun_whole',
      sql`(${t.begunAs} is null) = (${t.begunBy} is null)
    and (${t.begunAs} is not distinct from 'done-before') = (${t.begunWordOf} is not null)
    and (${t.begunAs} is not distinct from 'taken-over') = (${t.originalDueOn} is not null)`,
    ),
  ],
)
