import type { Calendar } from '../../domain/time/calendar.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { dueFromWorkingDays, dueOnFixedDay, type Limit } from '../../domain/time/limits.ts'
import { NoRule, type Rule, ruleFor } from '../../domain/escalation/policy.ts'
import type { Cause, Group, Kind, Level, Phase, Source } from '../../domain/obligation/vocabulary.ts'
import { holderColumns, openFirstAssignments } from './assignments.ts'
import type { NewAssignment } from './new-assignment.ts'
import {
  readRegistrationContext,
  type RegistrationContext,
  type RegistrationOrder,
} from './registration-context.ts'
import type { Facts } from '../../kinds/kind.ts'
import { factsToStore } from './facts.ts'
import { insertRows, oneByOne } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { events, obligations, subjects } from '../../db/schema/index.ts'
import type { EncryptedSubject } from '../vault/encryption.ts'

/** Whoever got something is asked to do it; nobody has looked at it yet. */
const FIRST_STAGE = 'perform'

export type Registration = {
  /** Of the obligation to be: its household was encrypted for it. */
  id: string
  key: string
  externalId: string | null
  kind: Kind
  title: string
  facts: Facts
  phase: Phase | null
  office: string
  reviewer: string
  level: Level | null
  cause: Cause | null
  group: Group | null
  source: Source | null
  issuedAt: Instant
  /** The limit counts from the day after this one. */
  startOn: Day
  /** The day itself where the notice fixes one; null where the rule's working days decide. */
  fixedDueOn: Day | null
  /** The document and clause that fix it; null where working days decide. */
  basis?: string | null
  /** What it follows from; left out where it begins by itself. */
  followsFrom?: string
  importId: string | null
  contentHash: Buffer | null
  /** The household behind it, already encrypted. */
  subject: EncryptedSubject | null
}

type Prepared = { id: string; row: Registration; rule: Rule; limit: Limit; workingDays: number | null }

/** Registers batch after batch of one transaction, which share what was read and the deadlines they have joined. */
export type Registrar = {
  /** @returns how many were new */
  add(registrations: readonly Registration[]): Promise<number>
}

export async function openRegistrar(tx: Sql, order: RegistrationOrder): Promise<Registrar> {
  const context = await readRegistrationContext(tx, order)
  return { add: (registrations) => register(tx, context, registrations) }
}

/**
 * The one way an obligation comes into being: rows, subjects, first assignments, deadlines, history and pokes, all
 * set-based and in the caller's transaction. A key that exists already is skipped (decision 6).
 * @returns how many were new
 */
export async function registerObligations(
  tx: Sql,
  order: RegistrationOrder,
  registrations: readonly Registration[],
): Promise<number> {
  return (await openRegistrar(tx, order)).add(registrations)
}

async function register(
  tx: Sql,
  context: RegistrationContext,
  registrations: readonly Registration[],
): Promise<number> {
  if (registrations.length === 0) return 0
  const prepared = registrations.map((row) => prepare(row, context))
  const inserted = await insertObligations(tx, context, prepared)
  const fresh = inserted.size === prepared.length ? prepared : prepared.filter((p) => inserted.has(p.id))
  await Promise.all([
    insertSubjects(tx, fresh),
    openFirstAssignments(tx, context, fresh.map(firstAssignment)),
    insertHistory(tx, context, fresh),
  ])
  return fresh.length
}

/** Few of the thirty columns: a million rows are looked up. */
function ruledBy({ kind, level, cause, group }: Registration) {
  return { kind, level, cause, group }
}

function prepare(row: Registration, context: RegistrationContext): Prepared {
  const rule = ruleFor(context.policy, { ...ruledBy(row), stage: FIRST_STAGE })
  const workingDays = row.fixedDueOn === null && 'workingDays' in rule.limit ? rule.limit.workingDays : null
  return {
    id: row.id,
    row,
    rule,
    workingDays,
    limit: limitOf(row, rule, workingDays, context.calendars.of(row.office)),
  }
}

/** @throws NoRule where the rule wants a fixed day and the registration has none */
function limitOf(row: Registration, rule: Rule, workingDays: number | null, calendar: Calendar): Limit {
  if (workingDays !== null) return dueFromWorkingDays(row.startOn, workingDays, calendar)
  if (row.fixedDueOn !== null) return dueOnFixedDay(row.fixedDueOn)
  throw new NoRule({ workingDaysOf: rule.label })
}

function firstAssignment({ id, row, rule, limit, workingDays }: Prepared): NewAssignment {
  return {
    obligation: id,
    kind: row.kind,
    level: row.level,
    stage: FIRST_STAGE,
    office: row.office,
    startOn: row.startOn,
    rule,
    limit,
    workingDays,
  }
}

async function insertObligations(
  tx: Sql,
  c: RegistrationContext,
  prepared: Prepared[],
): Promise<Set<string>> {
  const inserted = await insertRows(
    tx,
    obligations,
    oneByOne(prepared, (p) => obligationRow(p, c)),
    {
      constant: { county: c.county, policy: c.policy.id, createdAt: c.now },
      onConflict: '(key) do nothing',
      returning: ['id'],
    },
  )
  return new Set(inserted.map((r) => r.id))
}

/** In a single literal: spread together, thirty columns take 12 KB of heap for each row (docs/benchmarks.md). */
function obligationRow({ id, row, limit }: Prepared, c: RegistrationContext) {
  const campaign = c.campaign(row.startOn)
  return {
    id,
    key: row.key,
    externalId: row.externalId,
    kind: row.kind,
    title: row.title,
    office: row.office,
    reviewer: row.reviewer,
    level: row.level,
    cause: row.cause,
    group: row.group,
    source: row.source,
    startOn: row.startOn,
    issuedAt: row.issuedAt,
    importId: row.importId,
    contentHash: row.contentHash,
    dueAt: limit.dueAt,
    dueOn: limit.dueOn,
    provisional: limit.provisional,
    campaign,
    phase: c.phase(campaign, row.phase),
    basis: row.basis ?? null,
    followsFrom: row.followsFrom ?? null,
    facts: factsToStore(row.kind, row.facts),
    ...holderColumns({ stage: FIRST_STAGE, office: row.office, limit }),
  }
}

async function insertSubjects(tx: Sql, prepared: readonly Prepared[]): Promise<void> {
  const withHousehold = prepared.filter(({ row }) => row.subject !== null)
  const households = oneByOne(withHousehold, ({ id, row }) => ({ obligation: id, ...row.subject! }))
  await insertRows(tx, subjects, households)
}

async function insertHistory(tx: Sql, c: RegistrationContext, prepared: Prepared[]): Promise<void> {
  const registered = oneByOne(prepared, (p) => ({ obligation: p.id }))
  const constant = { at: c.now, actor: c.actor, action: 'register', state: 'open' } as const
  await insertRows(tx, events, registered, { constant })
}
