import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { entriesCarried, entryFile, entryFileQuery } from '../../contract/api/screenings.ts'
import { dayOf } from '../../domain/time/days.ts'
import { readEntries } from '../../ledgers/read-entries.ts'
import { actedOnById } from '../../services/obligations/acted-on.ts'
import { carryOverRoster } from '../../services/screenings/carry-over.ts'
import { applyEntries, planEntries } from '../../services/screenings/import-entries.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { notFound } from '../http/errors.ts'
import { chunksOf, faultsOf, isToRegister, readOrRefuse, receiveList } from '../http/list-file.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { mustBeWritable, openScreening } from './open-screening.ts'

type OfScreening = { Params: { id: string } }

/** Carries over from the roster what the screening must reach. @throws ApiError 403, 404 or 409 */
export function carryOver(
  request: FastifyRequest<OfScreening>,
  keys: Keyring,
): Promise<z.infer<typeof entriesCarried>> {
  return request.db.transaction(async (tx, note) => {
    const { id: obligation } = await openScreening(tx, request, note, 'entries-carry')
    const order = { obligation, by: actorOf(request).id, now: asOfOf(request).now }
    const carried = await carryOverRoster(tx, keys, order)
    note.detail = carried
    return carried
  })
}

/** Writes down the households of a file, unless it is only checked. @throws ApiError 403, 404, 409, 413, 415 or 422 */
export async function importEntries(
  request: FastifyRequest<OfScreening & { Querystring: z.infer<typeof entryFileQuery> }>,
  keys: Keyring,
): Promise<z.infer<typeof entryFile>> {
  const { dryRun = true, keepGood = false } = request.query
  const { now } = asOfOf(request)
  const seen = await actedOnById(request.db, request.params.id)
  if (!seen) throw notFound('事项')
  // Before the file is read.
  mustBeWritable(request, seen)
  const { content } = await receiveList(request)
  const judge = { from: seen.startOn, today: dayOf(now) }
  const read = await readOrRefuse('逐户记录', () => readEntries(chunksOf(content), judge))
  return request.db.transaction(async (tx, note) => {
    const { id: obligation, county } = await openScreening(tx, request, note, 'entries-import')
    const plan = await planEntries(tx, keys, { obligation, county }, read)
    const registered = isToRegister(request.query, read)
    const { replaced, unchanged } = plan
    const counts = { added: plan.added.length, changed: plan.changed.length, replaced, unchanged }
    if (registered) await applyEntries(tx, keys, { obligation, by: actorOf(request).id, now }, plan)
    note.detail = { dryRun, keepGood, rows: read.read, faults: read.faults.length, registered, ...counts }
    return { read: read.read, good: read.rows.length, registered, ...counts, ...faultsOf(read.faults) }
  })
}
