import type { FastifyRequest } from 'fastify'
import type { ObligationFilter } from '../../contract/api/obligations.ts'
import { runAction, type ActionAnswer, type ActionRequest } from '../../services/obligations/act.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { searchObligations } from '../../services/obligations/search.ts'
import { raiseWhatIsWrong } from '../../services/problems/raise.ts'
import type { Refusal } from '../../domain/obligation/lifecycle.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { scopeOf } from './read.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { mustKnow } from '../plugins/known-filters.ts'
import { expectedVersion } from '../plugins/version.ts'
import { actionDocuments as documents } from '../../contract/routes/obligation-actions.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

const MOST_AT_ONCE = 1_000

type Asked = Omit<ActionRequest, 'now' | 'actor'>

export function actionRoutes(app: Routes, { keys }: ApiDeps): void {
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

  route(app, documents.actOnObligations, async (request) => {
    const { ids, filter, expectedCount } = request.body
    const chosen = ids ?? (await idsOf(request, filter, expectedCount))
    const items = []
    for (const obligation of new Set(chosen))
      items.push(shown(await actAlone(request, { obligation, action: request.body.action, keys })))
    return { items }
  })
}

/** Each item stands for itself: one that is refused holds nobody else up. */
async function actAlone(request: FastifyRequest, asked: Asked): Promise<ActionAnswer> {
  return request.db.transaction(async (tx, note) => {
    // Many take a while: each at its own time.
    const acting = { ...asked, actor: actorOf(request), now: await businessNow(tx) }
    const answer = await runAction(tx, acting)
    if (answer.done && answer.state === 'accepted') await raiseWhatIsWrong(tx, acting)
    note.action = `obligation.${asked.action.action}`
    note.behalf = answer.onBehalfOf
    note.subject = asked.obligation
    if (answer.county !== null) note.county = answer.county
    note.refused = !answer.done
    note.detail = answer.done ? { from: answer.from, to: answer.state } : { refused: answer.refusal.refused }
    return answer
  })
}

/** @throws ApiError when the filter now selects another number than the caller saw */
async function idsOf(
  request: FastifyRequest,
  filter: ObligationFilter | undefined,
  expected: number | undefined,
): Promise<string[]> {
  if (filter === undefined || expected === undefined)
    throw new ApiError(422, 'ids-or-filter', '请给出 ids,或者 filter 加上您看到的件数 expectedCount。', [
      { pointer: '/body/ids', message: '缺少 ids 或 filter' },
    ])
  await mustKnow(request, filter, '/body/filter')
  const { now } = asOfOf(request)
  const page = { sort: 'dueAt', after: null, limit: MOST_AT_ONCE + 1, now } as const
  const found = await searchObligations(request.db, filter, page, scopeOf(actorOf(request)))
  if (found.length > MOST_AT_ONCE)
    throw new ApiError(422, 'too-many', `一次最多处理 ${MOST_AT_ONCE} 件,请缩小范围分批处理。`)
  if (found.length !== expected)
    throw new ApiError(
      409,
      'count-changed',
      `筛选出的件数已变为 ${found.length},与您看到的 ${expected} 件不同,请刷新后再操作。`,
    )
  return found.map((o) => o.id)
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
