import { Readable } from 'node:stream'
import { eventLabel } from '../../domain/obligation/event-labels.ts'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { ApiDeps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { createObligation } from './create.ts'
import { exportList } from './export.ts'
import { obligationReader } from './read.ts'
import { tagWith } from '../plugins/version.ts'
import { iso } from './present.ts'
import { shownHistory } from './history.ts'
import { obligationDocuments as documents } from '../../contract/routes/obligations.ts'
import { listDocuments } from '../../contract/routes/obligation-lists.ts'
import { storyDocuments } from '../../contract/routes/story.ts'
import { readPossibleActions } from './possible-actions.ts'
import { readReceipt } from './receipt.ts'
import { readStory } from './story.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

export function obligationRoutes(app: Routes, deps: ApiDeps): void {
  const reader = obligationReader(deps.keys)
  const { list, one, known } = reader

  route(app, listDocuments.exportObligations, async (request, reply) => {
    const { columns, ...asked } = request.query
    const pages = await exportList(request, reader, asked, columns)
    return reply
      .type('text/csv; charset=utf-8')
      .header(
        'content-disposition',
        `attachment; filename="obligations.csv"; filename*=UTF-8''${encodeURIComponent('督办台账.csv')}`,
      )
      .header('cache-control', 'no-store')
      .send(Readable.from(pages, { objectMode: false }))
  })

  route(app, documents.listObligations, async (request, reply) => {
    // A page is built field by field (present.ts). Checking fifty rows against the schema took four times as long as writing.
    reply.type('application/json; charset=utf-8').serializer((body) => JSON.stringify(body))
    return list(request, request.query)
  })

  route(app, documents.createObligation, async (request, reply) => {
    const id = await createObligation(request, deps.keys)
    const { body } = await one(request, id)
    return reply.code(201).header('location', `/v1/obligations/${id}`).send(body)
  })

  route(app, documents.getObligation, async (request, reply) => {
    const { body, now } = await one(request, request.params.id)
    if (tagWith(request, reply, body.version, now)) return reply.code(304).send(null)
    return body
  })

  route(app, documents.getObligationReceipt, async (request) =>
    readReceipt(request.db, request.params.id, await known(request)),
  )

  route(app, storyDocuments.getObligationStory, async (request) =>
    readStory(request, deps.keys, await known(request)),
  )

  route(app, storyDocuments.getPossibleActions, async (request) =>
    readPossibleActions(request, await known(request)),
  )

  route(app, documents.getObligationHistory, async (request) => {
    const history = await shownHistory(deps.keys, request, request.params.id)
    if (history.length === 0) throw notFound('事项')
    return {
      nextCursor: null,
      items: history.map(({ id: _id, ...h }) => ({
        ...h,
        at: iso(h.at),
        labels: {
          action: eventLabel(h.action),
          state: STATE_LABELS[h.state],
        },
      })),
    }
  })
}
