import type { z } from 'zod'
import type { obligationReceipt } from '../../contract/api/limits.ts'
import { assignmentForReceipt } from '../../services/obligations/history.ts'
import { type HandOverRow, handOversOf } from '../../services/obligations/hand-overs.ts'
import {
  type ExtensionRow,
  partsOf,
  pauseOf,
  type PauseRow,
  postponementsOf,
} from '../../services/obligations/postponements.ts'
import { policyById } from '../../services/schedule/policies.ts'
import type { Sql } from '../../db/pool.ts'
import {
  EXTENSION_STATE_LABELS,
  HAND_OVER_STATE_LABELS,
  SUSPENSION_REASON_LABELS,
} from '../../domain/obligation/request-words.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { dayOf } from '../../domain/time/days.ts'
import { type Pause, pausedDays } from '../../domain/time/moved-limit.ts'
import { fixedReceipt, movedReceipt } from '../../domain/time/receipt.ts'
import { NoRule, type Policy, ruleFor, type RuleSubject } from '../../domain/escalation/policy.ts'
import { ruleTitle } from '../../domain/escalation/rule-words.ts'
import { notFound } from '../http/errors.ts'
import { iso } from './present.ts'
import type { ReferenceData } from './reference-data.ts'

type Shown = z.infer<typeof obligationReceipt>

/** Why a due day is what it is: the days, and the ledger of what moved it. @throws ApiError 404 */
export async function readReceipt(sql: Sql, id: string, known: ReferenceData): Promise<Shown> {
  const found = await assignmentForReceipt(sql, id)
  if (!found) throw notFound('事项')
  const calendar = known.calendars.of(found.office)
  const policy = await policyById(sql, found.policy)
  const { id: policyId, name, version, example } = policy
  const { startOn, dueOn, workingDays, stage: assignment, basis, originalDueOn, root } = found
  const all = await postponementsOf(sql, id)
  const parts = partsOf({ ...found, root: root ?? '' }, all)
  const fixed = workingDays === null
  const unmoved = parts.pauses.length === 0 && parts.extensions.length === 0
  const why =
    fixed && unmoved ? { ...fixedReceipt(startOn, dueOn), paused: [] } : movedReceipt(parts, calendar)
  return {
    ...{ ...why, dueAt: iso(why.dueAt), assignment, workingDays, originalDueOn },
    basis: fixed ? basis : null,
    pauses: all.pauses.map((pause) => showPause(pause, { ...known, calendar })),
    extensions: all.extensions.map((extension) => showExtension(extension, { ...known, calendar })),
    handOvers: (await handOversOf(sql, id)).map((handOver) => showHandOver(handOver, { ...known, calendar })),
    policy: { id: policyId, name, version, example },
    rule: fixed ? null : ruleLabel(policy, found),
  }
}

/** The rule of a policy that says the limit, with its category (R1); null where a later version of the product needs one that this policy has not. */
function ruleLabel(policy: Policy, of: RuleSubject): string | null {
  try {
    return ruleTitle(ruleFor(policy, of))
  } catch (error) {
    if (error instanceof NoRule) return null
    throw error
  }
}

function showPause(pause: PauseRow, { names, calendar }: ReferenceData): Shown['pauses'][number] {
  const { fromOn: from, untilOn: until, resumedOn, reasonCode, approvedBy, resumedBy } = pause
  return {
    ...{ from, until, resumedOn, workingDays: pausedDays([pauseOf(pause)], calendar) },
    reason: SUSPENSION_REASON_LABELS[reasonCode],
    approvedBy: names.person(approvedBy),
    // What ended by itself was resumed by nobody.
    resumedBy: resumedBy === null ? null : names.person(resumedBy) || null,
  }
}

function showExtension(row: ExtensionRow, { names, calendar }: ReferenceData): Shown['extensions'][number] {
  const { askedAt, askedBy, workingDays, grantedDays, state, onLastDay, answeredAt, answeredBy } = row
  return {
    ...{
      askedOn: dayOf(askedAt),
      askedBy: names.person(askedBy),
      workingDays,
      grantedDays,
      state,
      onLastDay,
    },
    label: EXTENSION_STATE_LABELS[state],
    answeredOn: answeredAt === null ? null : dayOf(answeredAt),
    answeredBy: answeredBy && names.person(answeredBy),
    waitedDays: waitedDays(row, calendar),
  }
}

function showHandOver(row: HandOverRow, { names }: ReferenceData): Shown['handOvers'][number] {
  const { fromOffice, toOffice, offeredAt, offeredBy, state, answeredAt, answeredBy, heldDays } = row
  const named = (code: string) => ({ code, name: names.office(code) })
  return {
    ...{ from: named(fromOffice), to: named(toOffice), state, label: HAND_OVER_STATE_LABELS[state] },
    ...{ offeredOn: dayOf(offeredAt), offeredBy: names.person(offeredBy), heldDays },
    answeredOn: answeredAt === null ? null : dayOf(answeredAt),
    answeredBy: answeredBy && names.person(answeredBy),
  }
}

function waitedDays({ waitedFrom: from, waitedUntil: until }: ExtensionRow, calendar: Calendar): number {
  const waits: Pause[] = from !== null && until !== null ? [{ from, until }] : []
  return pausedDays(waits, calendar)
}
