import type { FastifyRequest } from 'fastify'
import type { ActionAnswer, ActionRequest } from '../../services/obligations/act.ts'
import type { Refusal } from '../../domain/obligation/lifecycle.ts'
import { keepPlans } from '../../db/pool.ts'
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
import { type Asked, beginRun, carryThrough, choose, tryAgain } from './act-on-many.ts'
import { answersAgain, runAskedBefore } from './asked-again.ts'
import { bulkRunBody } from './bulk-run-body.ts'
import { inOrder, isAnsweredAtOnce, type ManyItem, shown } from './many-items.ts'

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
    const { ids, action } = request.body
    if (request.query.dryRun) {
      const chosen = await choose(request, request.body)
      const tried = await tryOutAll(request, deps, action, chosen.seen.slice(0, MOST_TRIED))
      return { items: inOrder(ids, [...tried, ...chosen.unknown].map(shown)), run: null }
    }
    const { run, answered } = await actOnMany(request, deps)
    const items = inOrder(ids, answered)
    const body = run === null ? null : await runOf(request, run)
    return reply.code(body === null || isAnsweredAtOnce(body.total) ? 200 : 202).send({ items, run: body })
  })
}

/** A request whose answer was lost is answered by the run that it began. */
async function actOnMany(
  request: FastifyRequest,
  deps: ApiDeps,
): Promise<{ run: string | null; answered: ManyItem[] }> {
  const earlier = await runAskedBefore(request, deps)
  if (earlier) return { run: earlier.id, answered: await answersAgain(request, deps, earlier) }
  const chosen = await choose(request, request.body as Asked)
  const run = await beginRun(request, deps, chosen)
  const isShort = run !== null && isAnsweredAtOnce(chosen.seen.length)
  const done = isShort ? await carryThrough(request, deps, run) : []
  return { run, answered: [...done, ...chosen.unknown].map(shown) }
}

async function runOf(request: FastifyRequest, id: string) {
  const run = await runById(request.db, id)
  return run ? bulkRunBody(request.db, run, await businessNow(request.db)) : null
}

/** In a transaction that is given up as a whole. */
async function tryOutAll(
  request: FastifyRequest,
  { pool, keys, log }: ApiDeps,
  action: Asked['action'],
  seen: Parameters<typeof tryOut>[2],
): Promise<ActionAnswer[]> {
  const actor = actorOf(request)
  await request.db.end()
  return tryAgain(() =>
    inScope(pool, rowScopeOf(actor), async (tx) => {
      const answers = await tryOut(tx, action, seen, { actor, keys, log })
      await tx.query('rollback')
      return answers
    }),
  )
}

async function actAlone(
  request: FastifyRequest,
  asked: Omit<ActionRequest, 'now' | 'actor'>,
): Promise<ActionAnswer> {
  return request.db.transaction(async (tx, note) => {
    keepPlans(tx)
    const actor = actorOf(request)
    const answer = await actAndRaise(tx, { ...asked, actor, now: await businessNow(tx) })
    const { outcome, county, subject, ...entry } = entryOfAct(actor, asked.action.action, answer)
    Object.assign(note, entry, { refused: outcome === 'refused' })
    if (subject) note.subject = subject
    if (county) note.county = county
    return answer
  })
}

const STATUS: Record<string, number> = { forbidden: 403, 'not-found': 404, 'version-mismatch': 412 }

/** What was written wrongly is 422; what cannot be done now is 409. */
function asError({ refused, message, field }: Refusal): ApiError {
  if (field === undefined) return new ApiError(STATUS[refused] ?? 409, { refused }, message)
  return new ApiError(422, { refused }, message, [{ pointer: `/body/${field}`, message }])
}
