import type { z } from 'zod'
import type { auditCheck, auditEvent } from '../../contract/api/audit.ts'
import { askCheck, newestChecks, type ShownCheck } from '../../services/audit/checks.ts'
import { lastBlocks } from '../../services/audit/chain-rows.ts'
import { lastPublished } from '../../services/audit/heads.ts'
import { type AuditRow, listAuditEvents } from '../../services/audit/queries.ts'
import { findingSentence } from '../../domain/audit/finding-words.ts'
import { auditActionLabel, OUTCOME_OF_ATTEMPT_LABELS } from '../../domain/audit/labels.ts'
import type { ApiDeps } from '../http/deps.ts'
import { actorOf } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { iso } from '../obligations/present.ts'
import { auditDocuments as documents } from '../../contract/routes/audit.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

/** The audit trail, read-only, for the county's auditors. */
export function auditRoutes(app: Routes, deps: Pick<ApiDeps, 'wallNow'>): void {
  route(app, documents.listAuditEvents, async (request) => {
    const { cursor, limit, ...search } = request.query
    const found = await listAuditEvents(request.db, search, { before: idIn(cursor), limit: limit + 1 })
    return pageFrom(found, limit, (row) => ({ at: row.at, id: String(row.id) }), show)
  })

  route(app, documents.getAuditChain, handleGetAuditChain)
  route(app, documents.listAuditChecks, async ({ db }) => ({
    items: (await newestChecks(db)).map((check, i) => ({
      ...showCheck(check),
      ...(i > 0 && { findings: [] }),
    })),
    nextCursor: null,
  }))
  route(app, documents.askAuditCheck, async (request, reply) => {
    const asked = await request.db.transaction(async (tx, note) => {
      note.action = 'audit.check'
      await askCheck(tx, actorOf(request).id, deps.wallNow())
      return newestChecks(tx)
    })
    return reply.code(202).send(showCheck(asked[0]!))
  })
}

const handleGetAuditChain: HandlerOf<typeof documents.getAuditChain> = async ({ db }) => {
  const [newest] = await lastBlocks(db, 'audit', 1)
  const published = await lastPublished(db, 'audit')
  return {
    sealed: newest ? { number: Number(newest.number), at: iso(Number(newest.sealedWall)) } : null,
    published: published ? { number: published.number, at: iso(published.at) } : null,
  }
}

function showCheck(check: ShownCheck): z.infer<typeof auditCheck> {
  const { id, askedWall, askedBy, askedByName, endedWall, findings, faultCount } = check
  return {
    id,
    askedAt: iso(askedWall),
    askedBy: askedBy === null ? null : { id: askedBy, name: askedByName },
    endedAt: endedWall === null ? null : iso(endedWall),
    sound: faultCount === null ? null : faultCount === 0,
    faultCount,
    findings: (findings ?? []).map(findingSentence),
  }
}

/** @throws ApiError for anything that is no cursor of this list */
function idIn(cursor: string | undefined): number | null {
  const after = decodeCursor(cursor)
  // A cursor of another list is refused like a text that is no cursor.
  if (after && !/^\d{1,15}$/.test(after.id)) decodeCursor('')
  return after && Number(after.id)
}

function show(row: AuditRow): z.infer<typeof auditEvent> {
  const { id, at, actor, actorName, behalf, behalfName, action, outcome, ...rest } = row
  return {
    ...rest,
    ...{ action, outcome },
    id: String(id),
    at: iso(at),
    actor: { id: actor, name: actorName },
    behalf: behalf === null ? null : { id: behalf, name: behalfName },
    labels: { action: auditActionLabel(action, rest.detail), outcome: OUTCOME_OF_ATTEMPT_LABELS[outcome] },
  }
}
