import type { Instant } from '../../domain/time/days.ts'
import { systemActor } from '../../domain/obligation/system-actor.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { addAuditEvent } from '../audit/trail.ts'
import type { BaseDeps, EncryptionDeps, Heartbeat } from '../deps.ts'
import { runAction } from '../obligations/act.ts'
import { linesAbout } from '../obligations/lines-about.ts'
import { officesUnder } from '../people/offices.ts'
import { addImportErrors, dropUpload, nextErrorSeq } from './staging.ts'
import { type ImportRow, updateImport } from './store.ts'
import { type Line, tellLines } from './tell-changes.ts'
import { addSums } from './stage-withdrawals.ts'
import { reasonOf } from './withdrawal-reasons.ts'
import { keptIssue } from './withdrawal-words.ts'
import {
  type Candidate,
  keptBecause,
  lockCandidates,
  openWithdrawals,
  settleWithdrawals,
} from './withdrawals-store.ts'

const BATCH = 100

/** Registers a file of withdrawals: what it proposes is cancelled. */
export async function applyWithdrawals(
  tx: Sql,
  deps: BaseDeps & EncryptionDeps,
  found: ImportRow,
  now: Instant,
  beat: Heartbeat,
): Promise<void> {
  const { cancelled, kept } = await cancelWithdrawn(tx, deps, found, now, beat)
  await dropUpload(tx, found.id)
  const counts = { accepted: cancelled.length, refused: found.refused + kept }
  const sums = { byLevel: {}, byOffice: {} }
  for (const candidate of cancelled) addSums(sums, candidate)
  await updateImport(tx, found.id, { state: 'applied', ...counts, ...sums, finishedAt: now })
}

/**
 * Cancels what an import proposes, through the lifecycle: what somebody has begun since is named and kept.
 * @returns what was cancelled, and how many were kept
 */
export async function cancelWithdrawn(
  tx: Sql,
  { keys, wallNow }: BaseDeps & EncryptionDeps,
  found: ImportRow,
  now: Instant,
  beat: Heartbeat,
): Promise<{ cancelled: Candidate[]; kept: number }> {
  const { id: importId, county } = found
  const open = await openWithdrawals(tx, importId)
  if (open.length === 0) return { cancelled: [], kept: 0 }
  const proposed = open.map((w) => w.obligation)
  const rowOf = new Map(open.map((w) => [w.obligation, w.row]))
  const reasons = new Map(
    open.map((w) => [w.obligation, cancelReason(importId, reasonOf(keys, importId, w))]),
  )
  const told = await toldOf(tx, proposed)
  const cancelled: Candidate[] = []
  const kept: Candidate[] = []
  const request = { actor: systemActor(found.actor), now, keys, byImport: importId }
  for (let done = 0; done < proposed.length; done += BATCH) {
    beat(done)
    for (const candidate of await lockCandidates(tx, proposed.slice(done, done + BATCH))) {
      const action = { action: 'cancel', reason: reasons.get(candidate.id) ?? '' } as const
      const can = keptBecause(candidate) === null
      const answer = can && (await runAction(tx, { obligation: candidate.id, action, ...request }))
      if (answer && answer.done) cancelled.push(candidate)
      else kept.push(candidate)
    }
  }
  const ids = cancelled.map(({ id }) => id)
  await settleWithdrawals(tx, importId, ids, 'cancelled')
  await settleWithdrawals(
    tx,
    importId,
    kept.map((k) => k.id),
    'kept',
  )
  await addImportErrors(
    tx,
    importId,
    await nextErrorSeq(tx, importId),
    kept.map((k) => keptIssue(rowOf.get(k.id) ?? 0, k.externalId ?? k.id, keptBecause(k) ?? 'worked-on')),
  )
  const offices = await officesUnder(tx, county)
  const gone = new Set(ids)
  const lines = told.filter((line) => gone.has(line.id))
  await tellLines(tx, { county, cause: `withdrawn/${importId}`, offices, now }, lines)
  await addAuditEvent(tx, {
    ...{ atWall: wallNow(), county, actor: found.actor, action: 'import.withdraw', subject: importId },
    ...{ outcome: 'done', detail: { cancelled: cancelled.length, kept: kept.length } },
  })
  return { cancelled, kept: kept.length }
}

/** What the story of a cancelled warning says. */
function cancelReason(importId: string, reason: string | null): string {
  return `平台已撤回这条预警(导入 ${importId})${reason === null ? '' : `:${reason}`}`
}

/** Whoever holds one of these and has had a mail about it. */
async function toldOf(tx: Sql, ids: readonly string[]): Promise<(Line & { id: string })[]> {
  const found = await rows<{ id: string; externalId: string; office: string; person: string | null }>(
    tx,
    `select o.id, o.external_id as "externalId", o.holder_office as office, o.holder_person as person from obligations o
      where o.id = any($1) and o.holder_office is not null and exists (
        select from ${linesAbout('o.id')} n where n.state = 'mailed')`,
    [ids],
  )
  return found.map(({ id, externalId, office, person }) => ({
    ...{ id, office, person, urgent: false, words: '平台已撤回,不再需要办理。', numbers: [externalId] },
  }))
}
