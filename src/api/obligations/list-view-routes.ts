import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { newListView } from '../../contract/api/list-views.ts'
import { listViewDocuments as documents } from '../../contract/routes/list-views.ts'
import { newId } from '../../db/ids.ts'
import {
  addView,
  countViewsOf,
  dropView,
  replaceView,
  type ListView,
  visibleViews,
} from '../../services/obligations/list-views.ts'
import { markSeen, seenVersions } from '../../services/obligations/seen.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { mustKnow } from '../plugins/known-filters.ts'
import { showView } from './present-view.ts'
import { referenceData } from './reference-data.ts'

/** One person has so many views at most. */
const MOST_VIEWS = 50

/** What somebody keeps of the work list: views, and which version of an obligation they saw. */
export function listViewRoutes(app: Routes): void {
  const known = referenceData()

  route(app, documents.listListViews, async (request) => {
    const { names } = await known(request)
    const views = await visibleViews(request.db, actorOf(request).id)
    return { items: views.map((view) => showView(view, names, actorOf(request).id)), nextCursor: null }
  })

  route(app, documents.addListView, async (request, reply) => {
    await mustKnow(request, request.body.query, '/body/query')
    mustReadOf(request, request.body.office)
    const view = await keepView(request, request.body)
    const { names } = await known(request)
    return reply.code(201).send(showView(view, names, view.person))
  })

  route(app, documents.replaceListView, async (request) => {
    const { name, office, query } = request.body
    await mustKnow(request, query, '/body/query')
    mustReadOf(request, office)
    const content = { name, office: office ?? null, query: addressOf(query) }
    const { names } = await known(request)
    const asked = { id: request.params.id, person: actorOf(request).id, ...content }
    const view = await request.db.transaction(async (tx) => {
      const replaced = await replaceView(tx, asked)
      if (replaced === undefined) throw notFound('视图')
      if (replaced === 'taken') throw nameTaken()
      return replaced
    })
    return showView(view, names, view.person)
  })

  route(app, documents.dropListView, async (request, reply) => {
    const { id } = request.params
    await request.db.transaction(async (tx) => {
      if (!(await dropView(tx, id, actorOf(request).id))) throw notFound('视图')
    })
    return reply.code(204).send(null)
  })

  route(app, documents.getSeen, async (request) => ({
    items: await seenVersions(request.db, actorOf(request).id, request.query.ids),
  }))

  route(app, documents.markSeen, async (request, reply) => {
    // Nobody's business: looking changes nothing of the obligation.
    await request.db.unauditedTransaction((tx) => markSeen(tx, actorOf(request).id, request.body.items))
    return reply.code(204).send(null)
  })
}

/** @throws ApiError 422 for an office whose obligations one does not read */
function mustReadOf(request: FastifyRequest, office: string | undefined): void {
  if (office === undefined || actorOf(request).scope.offices.includes(office)) return
  throw new ApiError(422, 'unknown-office', '视图只能共用给您能看到的单位。', [
    { pointer: '/body/office', message: '不是您能看到的单位' },
  ])
}

/** @throws ApiError 409 for a name that is taken, or one view too many */
async function keepView(request: FastifyRequest, asked: z.infer<typeof newListView>): Promise<ListView> {
  const view = {
    id: newId('lv'),
    person: actorOf(request).id,
    office: asked.office ?? null,
    name: asked.name,
    query: addressOf(asked.query),
    createdAt: asOfOf(request).now,
  }
  return request.db.transaction(async (tx, note) => {
    note.subject = view.id
    if ((await countViewsOf(tx, view.person)) >= MOST_VIEWS)
      throw new ApiError(
        409,
        'too-many',
        `一人最多保存 ${MOST_VIEWS} 个视图,请先去掉不用的。`,
        [],
        {},
        { most: MOST_VIEWS },
      )
    if (!(await addView(tx, view))) throw nameTaken()
    return view
  })
}

function nameTaken(): ApiError {
  return new ApiError(409, 'exists', '您已有同名的视图,请换一个名称。', [
    { pointer: '/body/name', message: '已有同名的视图' },
  ])
}

/** As an address has it: all of it text. */
function addressOf(query: Record<string, unknown>): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}
