import { importErrors } from '../../services/imports/staging.ts'
import {
  addImport,
  type ImportRow,
  importById,
  lockImport,
  recentImports,
  updateImport,
} from '../../services/imports/store.ts'
import { poke } from '../../services/watching/pokes.ts'
import type { Sql } from '../../db/pool.ts'
import { errorsCsv } from '../../ledgers/errors-csv.ts'
import { countyOf } from '../people/county.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { mustMatch, tagWith } from '../plugins/version.ts'
import { importSummaryOf, importWithErrors } from './import-body.ts'
import { receiveUpload } from './upload.ts'
import { importDocuments as documents } from '../../contract/routes/imports.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

export function importRoutes(app: Routes, deps: ApiDeps): void {
  route(app, documents.createImport, async (request, reply) => {
    const county = await countyOf(request.db, request.query.county, '/querystring/county')
    mustReach(request, 'imports:manage', county)
    const { dryRun = false, silent = false } = request.query
    const upload = await receiveUpload(request, deps)
    await request.db.transaction(async (tx, note) => {
      note.subject = upload.id
      note.county = county
      note.detail = { dryRun, silent, bytes: upload.bytes }
      const asked = { ...upload, county, dryRun, silent, actor: actorOf(request).id }
      await addImport(tx, asked, asOfOf(request).now)
      await upload.attach(tx)
      await poke(tx, 'import', [upload.id])
    })
    return reply
      .code(202)
      .header('location', `/v1/imports/${upload.id}`)
      .send(await importWithErrors(request.db, await found(request.db, upload.id)))
  })

  route(app, documents.listImports, async (request) => {
    const { cursor, limit } = request.query
    const found = await recentImports(request.db, decodeCursor(cursor)?.id ?? null, limit + 1)
    return pageFrom(found, limit, ({ id, createdAt }) => ({ at: createdAt, id }), importSummaryOf)
  })

  route(app, documents.getImport, async (request, reply) => {
    const one = await found(request.db, request.params.id)
    const running = ['validating', 'applying', 'undoing'].includes(one.state)
    // Progress raises no version, so a running import is always sent in full.
    if (!running && tagWith(request, reply, one.version, asOfOf(request).now))
      return reply.code(304).send(null)
    return importWithErrors(request.db, one)
  })

  route(app, documents.getImportErrors, async (request, reply) => {
    const one = await found(request.db, request.params.id)
    const errors = await importErrors(request.db, one.id, -1, 1_000_000)
    const name = encodeURIComponent(`导入错误-${one.id}.csv`)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="errors.csv"; filename*=UTF-8''${name}`)
      .serializer(String)
      .send(errorsCsv(errors))
  })

  route(app, documents.actOnImport, async (request, reply) => {
    const { id } = await found(request.db, request.params.id)
    await request.db.transaction(async (tx, note) => {
      note.detail = request.body
      const one = await lockImport(tx, id)
      if (!one) throw notFound('导入')
      note.county = one.county
      mustReach(request, 'imports:manage', one.county)
      mustMatch(request, one.version)
      const state = nextState(one, request.body.action)
      const finished = state === 'cancelled' ? { finishedAt: asOfOf(request).now } : {}
      await updateImport(tx, id, { state, problem: null, ...finished })
      await poke(tx, 'import', [id])
    })
    return reply.code(202).send(await importWithErrors(request.db, await found(request.db, id)))
  })
}

/** @throws ApiError when the import's state does not allow the action */
function nextState({ state }: ImportRow, action: 'apply' | 'undo' | 'cancel'): ImportRow['state'] {
  if (action === 'apply' && state === 'validated') return 'applying'
  if (action === 'cancel' && (state === 'validated' || state === 'validating')) return 'cancelled'
  if (action === 'undo' && state === 'applied') return 'undoing'
  if (action === 'undo' && (state === 'undone' || state === 'undoing')) throw undoneBefore(state)
  const wanted = { apply: '检查完毕、尚未登记', cancel: '尚未登记', undo: '已登记' }[action]
  throw new ApiError(409, `not-while-${state}`, `只有${wanted}的导入才能这样做。`)
}

function undoneBefore(state: 'undone' | 'undoing'): ApiError {
  const words = state === 'undone' ? '这次导入已经撤回过了。' : '这次导入正在撤回。'
  return new ApiError(409, `not-while-${state}`, words)
}

async function found(sql: Sql, id: string): Promise<ImportRow> {
  const one = await importById(sql, id)
  if (!one) throw notFound('导入')
  return one
}
