import type { FastifyRequest } from 'fastify'
import { screeningDocuments as documents } from '../../contract/routes/screenings.ts'
import { actedOnById } from '../../services/obligations/acted-on.ts'
import { decryptEntry, entriesOf, entryOf } from '../../services/screenings/entries.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { mustBeAllowed, type Revealed, spendReveal } from '../obligations/reveal-routes.ts'
import { obligationReader } from '../obligations/read.ts'
import { actorOf, mustReach } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { createEntry, deleteEntry, showEntry, updateEntry } from './entries.ts'
import { carryOver, importEntries } from './many-entries.ts'
import { readMatrix } from './matrix.ts'

/** The five screenings: their matrix, and the households that each reaches (R6). */
export function screeningRoutes(app: Routes, deps: ApiDeps): void {
  const { keys } = deps
  const reader = obligationReader(keys)

  route(app, documents.getScreeningMatrix, (request) => readMatrix(request, reader, request.query.campaign))

  route(app, documents.listScreeningEntries, async (request) => {
    const { id } = request.params
    if (!(await actedOnById(request.db, id))) throw notFound('事项')
    const { cursor, limit, finding = null } = request.query
    const after = decodeCursor(cursor)?.id ?? null
    const found = await entriesOf(request.db, id, { after, limit: limit + 1, finding })
    const actor = actorOf(request)
    return pageFrom(
      found,
      limit,
      (row) => ({ at: row.createdAt, id: row.id }),
      (row) => showEntry(keys, actor, row),
    )
  })

  route(app, documents.addScreeningEntry, async (request, reply) =>
    reply.code(201).send(await createEntry(request, keys)),
  )

  route(app, documents.carryOverFromRoster, (request) => carryOver(request, keys))

  route(app, documents.importScreeningEntries, (request) => importEntries(request, keys))

  route(app, documents.changeScreeningEntry, (request) => updateEntry(request, keys))

  route(app, documents.removeScreeningEntry, (request) => deleteEntry(request))

  route(app, documents.revealScreeningEntry, async (request, reply) => {
    const household = await revealEntry(request, deps)
    return reply.header('cache-control', 'no-store').send(household)
  })
}

type Asked = FastifyRequest<{ Params: { id: string; entry: string }; Body: { reason: string } }>

/** Like any look at a household: with a reason, counted, in the trail. @throws ApiError 403, 404, 409 or 429 */
function revealEntry(request: Asked, deps: ApiDeps): Promise<Revealed> {
  mustBeAllowed(actorOf(request), deps)
  const { id, entry } = request.params
  return request.db.transaction(async (tx, note) => {
    note.action = 'household.reveal'
    const [obligation, found] = [await actedOnById(tx, id), await entryOf(tx, id, entry)]
    if (!obligation || !found) throw notFound('户')
    note.county = obligation.county
    note.subject = entry
    mustReach(request, documents.revealScreeningEntry.config.permission, obligation.office)
    if (found.anonymisedWall !== null)
      throw new ApiError(409, 'anonymised', '这一户的保存期已满,个人信息已经删除,只留下统计。')
    const looksLeft = await spendReveal(tx, request, deps)
    const { visitors: _, ...person } = decryptEntry(deps.keys, found)
    return { ...person, looksLeft }
  })
}
