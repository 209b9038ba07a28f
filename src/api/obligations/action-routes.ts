import type { FastifyRequest } from 'fastify'
import type { ActionAnswer, ActionRequest } from '../../services/obligations/act.ts'
import { ANSWERED_AT_ONCE } from '../../domain/obligation/bulk-run.ts'
import type { Refusal } from '../../domain/obligation/lifecycle.ts'
import { inScope } from '../../db/row-scope.ts'
import { runById } from '../../services/bulk-runs/store.ts'
import { tryOut } from '../../services/bulk-runs/try-out.ts'
import { rowScopeOf } from '../../services/people/row-scope-of.ts'
import { actAndRaise, entryOfAct } from '../../services/problems/act-and-raise.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf } from '../plugins/actor.ts'
import { expectedVersion } from '../plugins/version.ts'
import { actionDocuments as documents } from '../../contract/routes/obligation-actions.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { type Asked, beginRun, carryThrough, choose } from './act-on-many.ts'
import { bulkRunBody } from './bulk-run-body.ts'

/** A dry run looks at so many: each is acted on and rolled back, and locked meanwhile. */
const MOST_TRIED = 1_000

export function actionRoutes(app: Routes, deps: ApiDeps): void {
  const { keys } = deps
  route(app, documents.actOnObligation, async (request) => {
    const version = expectedVersion(request)
    const answer = await actAlone(request, {
      obligation: request.params.id,
      action: request.body,
      keys,
      ...(version === undefined ? {} : { expectedVersion: version }),
    })
    if (!answer.done) throw asError(answer.refusal)
    return { id: answer.id, state: answer.state, version: answer.version }
  })

  route(app, documents.actOnObligations, async (request, reply) => {
    const chosen = await choose(request, request.body)
    if (request.query.dryRun) {
      const tried = await tryOutAll(request, deps, request.body.action, chosen.seen.slice(0, MOST_TRIED))
      return { items: inOrder(request.body, [...tried, ...chosen.unknown]).map(shown), run: null }
    }
    const id = await beginRun(request, deps, chosen)
    const isLong = chosen.seen.length > ANSWERED_AT_ONCE
    const answers = id === null || isLong ? [] : await carryThrough(request, deps, id)
    const items = inOrder(request.body, [...answers, ...chosen.unknown]).map(shown)
    return reply.code(isLong ? 202 : 200).send({ items, run: id === null ? null : await runOf(request, id) })
  })
}

/** As they were asked for; those of a filter as they were done. */
function inOrder({ ids }: Asked, answers: readonly ActionAnswer[]): ActionAnswer[] {
  const places = new Map(ids?.toReversed().map((id, place) => [id, ids.length - place]))
  return [...answers].sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
}

async function runOf(request: FastifyRequest, id: string) {
  const run = await runById(request.db, id)
  return run ? bulkRunBody(request.db, run, await businessNow(request.db)) : null
}

/** In a transaction that is given up as a whole. */
async function tryOutAll(
  request: FastifyRequest,
  { pool, keys }: ApiDeps,
  action: Asked['action'],
  seen: Parameters<typeof tryOut>[2],
): Promise<ActionAnswer[]> {
  const actor = actorOf(request)
  await request.db.end()
  return inScope(pool, rowScopeOf(actor), async (tx) => {
    const answers = await tryOut(tx, action, seen, { actor, keys })
    await tx.query('rollback')
    return answers
  })
}

async function actAlone(
  request: FastifyRequest,
  asked: Omit<ActionRequest, 'now' | 'actor'>,
): Promise<ActionAnswer> {
  return request.db.transaction(async (tx, note) => {
    const actor = actorOf(request)
    const answer = await actAndRaise(tx, { ...asked, actor, now: await businessNow(tx) })
    const { outcome, county, subject, ...entry } = entryOfAct(actor, asked.action.action, answer)
    Object.assign(note, entry, { refused: outcome === 'refused' })
    if (subject) note.subject = subject
    if (county) note.county = county
    return answer
  })
}

function shown(answer: ActionAnswer) {
  if (answer.done) return { id: answer.id, done: true, state: answer.state, version: answer.version }
  return { id: answer.id, done: false, refused: answer.refusal.refused, message: answer.refusal.message }
}

const STATUS: Record<string, number> = { forbidden: 403, 'not-found': 404, 'version-mismatch': 412 }

/** What was written wrongly is 422; what cannot be done now is 409. */
function asError({ refused, message, field }: Refusal): ApiError {
  if (field === undefined) return new ApiError(STATUS[refused] ?? 409, { refused }, message)
  return new ApiError(422, { refused }, message, [{ pointer: `/body/${field}`, message }])
}
