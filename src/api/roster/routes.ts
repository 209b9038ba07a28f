import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { rosterQuery } from '../../contract/api/roster.ts'
import { rosterDocuments as documents } from '../../contract/routes/roster.ts'
import { countRoster } from '../../services/roster/reach.ts'
import { rosterHousehold, rosterImportRows, searchRoster } from '../../services/roster/store.ts'
import { countVillages, TooManyHouseholds } from '../../services/roster/villages.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { referenceData } from '../obligations/reference-data.ts'
import { actorOf } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { addToRoster, changeOnRoster, removeFromRoster } from './enter.ts'
import { importRoster, undoRosterImport } from './import.ts'
import { showCounts, showRosterEntry, showRosterImport, showVillages } from './present.ts'

/** The roster of the four key groups (R16, R18): who is covered, and how far the work has come to the others. */
export function rosterRoutes(app: Routes, { keys }: ApiDeps): void {
  const known = referenceData()
  const one = async (request: FastifyRequest, id: string) => {
    const facts = await known(request)
    const found = await rosterHousehold(request.db, id)
    if (!found) throw notFound('名册上的户')
    return showRosterEntry(found, keys, actorOf(request), facts)
  }
  const list = async (request: FastifyRequest<{ Querystring: z.infer<typeof rosterQuery> }>) => {
    const { cursor, limit, ...search } = request.query
    const facts = await known(request)
    const page = { after: decodeCursor(cursor)?.id ?? null, limit: limit + 1 }
    const found = await searchRoster(request.db, search, page)
    // The first page alone has the numbers: they are of the whole list.
    const counts =
      cursor === undefined ? await countRoster(request.db, { office: search.office ?? null }) : []
    const shown = pageFrom(
      found,
      limit,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      (row) => showRosterEntry(row, keys, actorOf(request), facts),
    )
    return { ...shown, counts: showCounts(counts, facts) }
  }

  route(app, documents.listRoster, list)

  route(app, documents.listRosterVillages, async (request) => {
    const { office = null } = request.query
    const counts = await countVillages(request.db, keys, office, actorOf(request)).catch(refuseTooMany)
    return { items: showVillages(counts, await known(request)), nextCursor: null }
  })

  route(app, documents.addToRoster, async (request, reply) => {
    const id = await addToRoster(request, keys)
    return reply.code(201).send(await one(request, id))
  })

  route(app, documents.getRosterHousehold, (request) => one(request, request.params.id))

  route(app, documents.changeOnRoster, async (request) => {
    await changeOnRoster(request, keys)
    return one(request, request.params.id)
  })

  route(app, documents.removeFromRoster, (request) => removeFromRoster(request))

  route(app, documents.importRoster, (request) => importRoster(request, keys))

  route(app, documents.listRosterImports, async ({ db }) => ({
    items: (await rosterImportRows(db)).map(showRosterImport),
    nextCursor: null,
  }))

  route(app, documents.undoRosterImport, (request) => undoRosterImport(request, keys))
}

function refuseTooMany(error: unknown): never {
  if (!(error instanceof TooManyHouseholds)) throw error
  throw new ApiError(422, 'too-many', `名册超过 ${error.most} 户,请写明 office,按镇查看各村。`)
}
