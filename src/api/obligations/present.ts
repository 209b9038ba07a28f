import type { FastifyBaseLogger } from 'fastify'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import type { Names } from '../../services/people/names.ts'
import type { ShownExtension, ShownPause } from '../../services/obligations/postponements.ts'
import type { ObligationRow } from '../../services/obligations/search.ts'
import { type Keyring, decryptPerson } from '../../services/vault/encryption.ts'
import { maskIdNo, maskName, maskPhone } from '../../domain/people/masking.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { ReferenceData } from './reference-data.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import type { Instant } from '../../domain/time/days.ts'
import { isProvisional } from '../../domain/time/provisional.ts'
import { clockStatus } from '../../domain/obligation/clock-status.ts'
import { dueStatusOfAssignment } from '../../domain/obligation/turn-clocks.ts'
import {
  CAUSE_LABELS,
  GROUP_LABELS,
  LEVEL_LABELS,
  OUTCOME_LABELS,
  type Outcome,
  PHASE_LABELS,
  SOURCE_LABELS,
  STATE_LABELS,
  STAGE_LABELS,
} from '../../domain/obligation/vocabulary.ts'
import { EXTENSION_STATE_LABELS, SUSPENSION_REASON_LABELS } from '../../domain/obligation/request-words.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { outcomeOf, UnreadableObligation } from '../../services/obligations/facts.ts'

/** The wire form of an instant: UTC. */
export function iso(at: Instant): string {
  return new Date(at).toISOString()
}

export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : iso(at)
}

/**
 * An obligation as the contract shows it (src/contract/api/obligations.ts). Remaining and overdue days are those of the open turn.
 * @throws UnreadableObligation unless the outcome is given
 */
export function showObligation(
  keys: Keyring,
  actor: Actor,
  row: ObligationRow,
  { names, calendars, now }: ReferenceData,
  outcome: Outcome | null = outcomeOf(row, row.result),
): ObligationBody {
  const calendar = calendars.of(row.holderCode ?? row.officeCode)
  const due = { dueAt: row.holderDueAt ?? row.dueAt, dueOn: row.holderDueOn ?? row.dueOn }
  return {
    id: row.id,
    externalId: row.externalId,
    kind: row.kind,
    title: row.title,
    state: row.state,
    campaignId: row.campaignId,
    phase: row.phase,
    office: { code: row.officeCode, name: names.office(row.officeCode) },
    level: row.level,
    cause: row.cause,
    group: row.group,
    source: row.source,
    issuedAt: iso(row.issuedAt),
    dueAt: iso(row.dueAt),
    dueOn: row.dueOn,
    provisional: row.provisional && isProvisional(row.dueOn, calendars.of(row.officeCode)),
    ...dueStatusOfAssignment(row.stage, due, calendar, now),
    everLate: row.everLate,
    redoDueOn: row.redoDueOn,
    clock: clockStatus({ ...due, state: row.state, everLate: row.everLate }, calendar, now),
    holder: holderOf(row, names, calendar),
    acknowledgedAt: isoOrNull(row.acknowledgedAt),
    outcome,
    subject: maskedSubject(keys, actor, row),
    extensions: (row.extensions ?? []).map((extension) => showExtension(extension, names)),
    suspended: row.suspended && showPause(row.suspended, names),
    version: row.version,
    labels: labelsOf(row, outcome),
  }
}

/** The outcome for a list, which one row that cannot be read must not take from everybody: none, and a warning. */
export function listedOutcome(row: ObligationRow, log: FastifyBaseLogger): Outcome | null {
  try {
    return outcomeOf(row, row.result)
  } catch (error) {
    if (!(error instanceof UnreadableObligation)) throw error
    const { code, obligation, column } = error
    log.warn({ code, obligation, column }, 'an obligation is listed without its outcome')
    return null
  }
}

/** Nothing of it for a key that was not granted personal data. */
function maskedSubject(
  keys: Keyring,
  { personal }: Actor,
  { id, encrypted, keyId }: ObligationRow,
): ObligationBody['subject'] {
  if (!personal || encrypted === null) return null
  const { name, idNo, phone, village } = decryptPerson(keys, id, encrypted, keyId)
  return {
    name: maskName(name),
    idNo: maskIdNo(idNo),
    phone: maskPhone(phone),
    village: maskName(village),
  }
}

/** Whose turn it is and until when; null where it is nobody's. @param calendar of the office that holds it */
export function holderOf(row: ObligationRow, names: Names, calendar: Calendar): ObligationBody['holder'] {
  if (row.stage === null || row.holderCode === null || row.holderDueAt === null || row.holderDueOn === null)
    return null
  return {
    office: { code: row.holderCode, name: names.office(row.holderCode) },
    person: row.personId ? { id: row.personId, name: names.person(row.personId) } : null,
    assignment: row.stage,
    dueAt: iso(row.holderDueAt),
    dueOn: row.holderDueOn,
    // Whoever performs has the day of the obligation itself, which a document may fix; every other turn is counted.
    provisional: (row.stage !== 'perform' || row.provisional) && isProvisional(row.holderDueOn, calendar),
  }
}

function showPause(pause: ShownPause, names: Names): NonNullable<ObligationBody['suspended']> {
  const { reasonCode, from, until, approvedBy: id } = pause
  const label = SUSPENSION_REASON_LABELS[reasonCode]
  return { reasonCode, label, from, until, approvedBy: { id, name: names.person(id) } }
}

function showExtension(extension: ShownExtension, names: Names): ObligationBody['extensions'][number] {
  const { state, workingDays, grantedDays, askedAt, onLastDay, office, answeredAt } = extension
  return {
    ...{ state, label: EXTENSION_STATE_LABELS[state], workingDays, grantedDays, onLastDay },
    ...{ askedAt: iso(askedAt), answeredAt: isoOrNull(answeredAt) },
    office: { code: office, name: names.office(office) },
  }
}

/** The Chinese word beside each code that is set. */
function labelsOf(row: ObligationRow, outcome: Outcome | null): Record<string, string> {
  return {
    kind: KIND_LABELS[row.kind],
    state: STATE_LABELS[row.state],
    ...(row.phase && { phase: PHASE_LABELS[row.phase] }),
    ...(row.level && { level: LEVEL_LABELS[row.level] }),
    ...(row.cause && { cause: CAUSE_LABELS[row.cause] }),
    ...(row.group && { group: GROUP_LABELS[row.group] }),
    ...(row.source && { source: SOURCE_LABELS[row.source] }),
    ...(row.stage && { assignment: STAGE_LABELS[row.stage] }),
    ...(outcome && { outcome: OUTCOME_LABELS[outcome] }),
  }
}
