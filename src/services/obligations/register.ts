import type { Calendar } from '../../domain/time/calendar.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { dueFromWorkingDays, dueOnFixedDay, type Limit } from '../../domain/time/limits.ts'
import { NoRule, type Rule, ruleFor } from '../../domain/escalation/policy.ts'
import type { Cause, Group, Kind, Level, Phase, Source } from '../../domain/obligation/vocabulary.ts'
import { holderColumns, type NewAssignment, openFirstAssignments } from './assignments.ts'
import {
  readRegistrationContext,
  type RegistrationContext,
  type RegistrationOrder,
} from './registration-context.ts'
import type { Facts } from '../../kinds/kind.ts'
import { factsToStore } from './facts.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { EncryptedSubject } from '../vault/encryption.ts'

export type Registration = {
  /** Of the obligation to be: its household was sealed for it. */
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
  importId: string | null
  contentHash: Buffer | null
  /** The household behind it, already sealed. */
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
  await insertSubjects(tx, fresh)
  await openFirstAssignments(tx, context, fresh.map(firstAssignment))
  await insertHistory(tx, context, fresh)
  return fresh.length
}

function prepare(row: Registration, context: RegistrationContext): Prepared {
  const rule = ruleFor(context.policy, { kind: row.kind, level: row.level, stage: 'perform' })
  const workingDays = row.fixedDueOn === null && 'workingDays' in rule.limit ? rule.limit.workingDays : null
  return { id: row.id, row, rule, workingDays, limit: limitOf(row, rule, workingDays, context.calendar) }
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
    stage: 'perform',
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
  const column = <T>(pick: (p: Prepared) => T) => prepared.map(pick)
  const holders = prepared.map((p) => holderColumns(firstAssignment(p)))
  const inserted = await rows<{ id: string }>(
    tx,
    `insert into obligations (county, policy, created_at, campaign, id, key, external_id, kind, title, phase, office,
       reviewer, level, cause, key_group, source, start_on, issued_at, due_at, due_on, provisional, import_id, content_hash,
       facts, stage, holder_office, holder_due_at, holder_due_on, basis)
     select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
       $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::date[], $18::timestamptz[],
       $19::timestamptz[], $20::date[], $21::bool[], $22::text[], $23::bytea[], $24::jsonb[],
       $25::text[], $26::text[], $27::timestamptz[], $28::date[], $29::text[])
     on conflict (key) do nothing returning id`,
    [
      c.county,
      c.policy.id,
      ts(c.now),
      column((p) => c.campaign(p.row.startOn)),
      column((p) => p.id),
      column((p) => p.row.key),
      column((p) => p.row.externalId),
      column((p) => p.row.kind),
      column((p) => p.row.title),
      column((p) => c.phase(c.campaign(p.row.startOn), p.row.phase)),
      column((p) => p.row.office),
      column((p) => p.row.reviewer),
      column((p) => p.row.level),
      column((p) => p.row.cause),
      column((p) => p.row.group),
      column((p) => p.row.source),
      column((p) => p.row.startOn),
      column((p) => ts(p.row.issuedAt).toISOString()),
      column((p) => ts(p.limit.dueAt).toISOString()),
      column((p) => p.limit.dueOn),
      column((p) => p.limit.provisional),
      column((p) => p.row.importId),
      column((p) => p.row.contentHash),
      column((p) => JSON.stringify(factsToStore(p.row.kind, p.row.facts))),
      holders.map((h) => h.stage),
      holders.map((h) => h.holderOffice),
      holders.map((h) => ts(h.holderDueAt).toISOString()),
      holders.map((h) => h.holderDueOn),
      column((p) => p.row.basis ?? null),
    ],
  )
  return new Set(inserted.map((r) => r.id))
}

async function insertSubjects(tx: Sql, prepared: Prepared[]): Promise<void> {
  const withSubject = prepared.flatMap((p) => (p.row.subject ? [{ id: p.id, ...p.row.subject }] : []))
  if (withSubject.length === 0) return
  await tx.query(
    `insert into subjects (obligation, sealed, key_id, id_no_index, phone_index, index_key_id)
     select * from unnest($1::text[], $2::bytea[], $3::text[], $4::bytea[], $5::bytea[], $6::text[])`,
    [
      withSubject.map((s) => s.id),
      withSubject.map((s) => s.sealed),
      withSubject.map((s) => s.keyId),
      withSubject.map((s) => s.idNoIndex),
      withSubject.map((s) => s.phoneIndex),
      withSubject.map((s) => s.indexKeyId),
    ],
  )
}

async function insertHistory(tx: Sql, c: RegistrationContext, prepared: Prepared[]): Promise<void> {
  await tx.query(
    `insert into events (obligation, at, actor, action, state) select unnest($1::text[]), $2, $3, 'register', 'open'`,
    [prepared.map((p) => p.id), ts(c.now), c.actor],
  )
}

/**
 * Lets the planner know how large the ledger has become inside this transaction: without it an import of 100,000 rows into
 * an empty ledger may take ten times as long. To be asked once the first batch is in.
 */
export async function countLedger(tx: Sql): Promise<void> {
  await tx.query('select duban_count_ledger()')
}
