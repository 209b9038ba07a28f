import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { rosterFile, rosterFileQuery, rosterUndone } from '../../contract/api/roster.ts'
import { rosterDocuments as documents } from '../../contract/routes/roster.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { GivenColumns } from '../../ledgers/list-form.ts'
import type { ReadList } from '../../ledgers/read-list.ts'
import { readRoster, ROSTER_FIELDS, type RosterColumn, type RosterRow } from '../../ledgers/read-roster.ts'
import { townFinder } from '../../ledgers/towns.ts'
import { officesUnder, placesAbove } from '../../services/people/offices.ts'
import type { RosterContent } from '../../services/roster/content.ts'
import { applyRoster, planRoster } from '../../services/roster/import.ts'
import { lockRoster, lockRosterImport } from '../../services/roster/store.ts'
import { undoRoster } from '../../services/roster/undo.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { chunksOf, faultsOf, isToRegister, readOrRefuse, receiveList } from '../http/list-file.ts'
import { countyOf } from '../people/county.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'

type Query = z.infer<typeof rosterFileQuery>
const { permission } = documents.importRoster.config

/** Compares a file with the roster and, unless it is only checked, registers it: all rows or the good ones. */
export async function importRoster(
  request: FastifyRequest<{ Querystring: Query }>,
  keys: Keyring,
): Promise<z.infer<typeof rosterFile>> {
  const { dryRun = true, keepGood = false } = request.query
  const county = await countyOf(request.db, request.query.county, '/querystring/county')
  mustReach(request, permission, county)
  const { content, fields } = await receiveList(request)
  const read = await readFile(request, county, { content, given: columnsIn(fields) })
  const list = read.rows.map(({ row: _, ...household }): RosterContent => household)
  return request.db.transaction(async (tx, note) => {
    note.action = 'roster.import'
    note.county = county
    await lockRoster(tx, county)
    const plan = await planRoster(tx, keys, county, { list, absent: read.absent })
    const { now } = asOfOf(request)
    const order = { county, plan, by: actorOf(request).id, now }
    const id = isToRegister(request.query, read) ? await applyRoster(tx, keys, order) : null
    const counts = { added: plan.added.length, changed: plan.changed.length, unchanged: plan.unchanged }
    note.subject = id ?? ''
    note.detail = { dryRun, keepGood, rows: read.read, faults: read.faults.length, ...counts }
    return { id, read: read.read, good: read.rows.length, ...counts, ...faultsOf(read.faults) }
  })
}

/** @throws ApiError 422 for what is no roster */
async function readFile(
  request: FastifyRequest,
  county: string,
  { content, given }: { content: Buffer; given: GivenColumns<RosterColumn> },
): Promise<ReadList<RosterRow, RosterColumn>> {
  const towns = (await officesUnder(request.db, county)).filter(({ kind }) => kind === 'town')
  const judge = {
    officeOf: townFinder(towns, await placesAbove(request.db, county)),
    today: dayOf(asOfOf(request).now),
  }
  return readOrRefuse('名册', () => readRoster(chunksOf(content), judge, given))
}

const columns = z.record(z.string().max(200), z.enum(ROSTER_FIELDS).nullable())

/** What the form says of the file's columns. @throws ApiError 422 */
function columnsIn(fields: ReadonlyMap<string, unknown>): GivenColumns<RosterColumn> {
  const [strange] = [...fields.keys()].filter((name) => name !== 'columns')
  if (strange !== undefined)
    throw new ApiError(
      422,
      'unknown-fields',
      '表单里只能有 file 和 columns;其余的请写在地址中,例如 ?dryRun=true。',
    )
  if (!fields.has('columns')) return {}
  const read = columns.safeParse(parsedJson(fields.get('columns')))
  if (read.success) return read.data
  const message = `columns 要是一个 JSON 对象:文件的列名对应 ${ROSTER_FIELDS.join('、')} 中的一个,不用的列写 null。`
  throw new ApiError(422, 'bad-mapping', message, [{ pointer: '/body/columns', message }])
}

function parsedJson(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    // The schema refuses it, and says what is wanted.
    return undefined
  }
}

/** @throws ApiError 403, 404 or 409 */
export function undoRosterImport(
  request: FastifyRequest<{ Params: { id: string } }>,
  keys: Keyring,
): Promise<z.infer<typeof rosterUndone>> {
  return request.db.transaction(async (tx, note) => {
    note.action = 'roster.undo-file'
    note.subject = request.params.id
    const of = await lockRosterImport(tx, request.params.id)
    if (!of) throw notFound('名册文件')
    note.county = of.county
    mustReach(request, permission, of.county)
    if (of.state === 'undone') throw new ApiError(409, 'not-while-undone', '这个文件已经撤回,不必再撤。')
    await lockRoster(tx, of.county)
    const undone = await undoRoster(tx, keys, { of, by: actorOf(request).id, now: asOfOf(request).now })
    note.detail = undone
    return undone
  })
}
