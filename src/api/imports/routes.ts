import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import type { ImportAction } from '../../contract/api/import-requests.ts'
import type { Instant } from '../../domain/time/days.ts'
import { FINDINGS_DROPPED } from '../../services/imports/findings.ts'
import {
  addImport,
  type ImportRow,
  lockImport,
  type Progress,
  recentImports,
  updateImport,
} from '../../services/imports/store.ts'
import { previewUndo } from '../../services/imports/preview-undo.ts'
import { mendedApart } from '../../services/imports/mended-apart.ts'
import { giveReason } from '../../services/imports/withdrawal-reasons.ts'
import { poke } from '../../services/watching/pokes.ts'
import { countyOf } from '../people/county.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { mustBeUnchanged, tagWith } from '../plugins/version.ts'
import { claimOf, mustImport, mustTell } from './claim.ts'
import { errorsFile } from './errors-file.ts'
import { findImport } from './find-import.ts'
import { importBodyOf, importSummaryOf, isRunning, markOf } from './import-body.ts'
import { withKeptSeen } from './kept-seen.ts'
import { givenWith, mapDetail, mapImport, saidWith } from './map-action.ts'
import { mendingOf } from './mending.ts'
import { mendDetail, mendImport } from './mend-action.ts'
import { mustSettle } from './may-settle.ts'
import { receiveUpload } from './upload.ts'
import { importDocuments as documents } from '../../contract/routes/imports.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

export function importRoutes(app: Routes, deps: ApiDeps): void {
  const bodyOf = async (request: FastifyRequest, id: string) =>
    importBodyOf(request.db, deps.keys, await findImport(request.db, id), actorOf(request))

  route(app, documents.createImport, async (request, reply) => {
    const county = await countyOf(request.db, request.query.county, '/querystring/county')
    const { silent = false, refuseUnknown = false } = request.query
    const { dryRun, ...claim } = claimOf(request.query)
    const { comparison } = claim
    const brought = await mustImport(request, comparison, county)
    mustTell(request, silent, county)
    const mending = await mendingOf(request, county, comparison)
    const upload = await receiveUpload(request, deps)
    await request.db.transaction(async (tx, note) => {
      note.subject = upload.id
      note.county = county
      const ofRows = mending && { mends: mending.mends, mended: mending.mendsRows.length }
      const said = { dryRun, silent, bytes: upload.bytes, ...claim, ...ofRows, ...saidWith(upload.given) }
      note.detail = { ...said, ...brought }
      const { id: actor } = actorOf(request)
      const given = await givenWith(tx, county, upload.given, claim.kind)
      const asked = {
        ...{ ...upload, ...given, ...claim, ...brought, ...mending },
        ...{ county, dryRun, silent, refuseUnknown, actor, givenBy: actor },
      }
      // Storing a large file takes long: the comparison is locked, judged and named at the end, or handing it in would wait so long.
      await addImport(tx, { ...asked, comparison: null }, asOfOf(request).now)
      await upload.attach(tx)
      await mendingOf(request, county, comparison, tx)
      if (claim.comparison !== null) {
        const place = await mustImport(request, claim.comparison, county, tx)
        note.detail = { ...said, ...place }
        await updateImport(tx, upload.id, { comparison: claim.comparison, ...place })
      }
      await poke(tx, 'import', [upload.id])
    })
    return reply
      .code(202)
      .header('location', `/v1/imports/${upload.id}`)
      .send(await bodyOf(request, upload.id))
  })

  route(app, documents.listImports, async (request) => {
    const { cursor, limit } = request.query
    const found = await recentImports(request.db, decodeCursor(cursor)?.id ?? null, limit + 1)
    const shown = await withKeptSeen(request.db, found)
    const apart = await mendedApart(request.db, found)
    return pageFrom(
      shown,
      limit,
      ({ id, createdAt }) => ({ at: createdAt, id }),
      (one) => importSummaryOf(one, apart.get(one.id)),
    )
  })

  route(app, documents.getImport, async (request, reply) => {
    const one = await findImport(request.db, request.params.id)
    // Progress raises no version, so a running import is always sent in full.
    const mark = await markOf(request.db, one, actorOf(request))
    if (!isRunning(one) && tagWith(request, reply, one.version, asOfOf(request).now, mark))
      return reply.code(304).send(null)
    return importBodyOf(request.db, deps.keys, one, actorOf(request))
  })

  route(app, documents.getImportErrors, async (request, reply) => {
    const { name, pages } = await errorsFile(request, deps, await findImport(request.db, request.params.id))
    const encoded = encodeURIComponent(name)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="errors.csv"; filename*=UTF-8''${encoded}`)
      .header('cache-control', 'no-store')
      .send(Readable.from(pages, { objectMode: false }))
  })

  route(app, documents.previewImportUndo, async (request) => {
    const one = await findImport(request.db, request.params.id)
    nextState(one, 'undo')
    return previewUndo(request.db, one)
  })

  route(app, documents.actOnImport, async (request, reply) => {
    const { id } = await findImport(request.db, request.params.id)
    await request.db.transaction(async (tx, note) => {
      const { body } = request
      note.detail = detailOf(body)
      const one = await lockImport(tx, id)
      if (!one) throw notFound('导入')
      note.county = one.county
      await mustSettle(request, tx, one, body)
      if (body.action === 'apply') mustTell(request, body.silent ?? one.silent, one.county)
      await mustBeUnchanged(tx, request, one.version, { kind: 'import', about: id })
      const actor = actorOf(request)
      const read = { keys: deps.keys, one, actor }
      const next =
        body.action === 'map'
          ? await mapImport(tx, read, body)
          : body.action === 'mend'
            ? await mendImport(tx, read, body)
            : settled(one, body, asOfOf(request).now)
      if (body.action === 'apply' && body.note !== undefined) await giveReason(tx, deps.keys, id, body.note)
      await updateImport(tx, id, next)
      await poke(tx, 'import', [id])
    })
    return reply.code(202).send(await bodyOf(request, id))
  })
}

type Settling = Exclude<ImportAction, { action: 'map' | 'mend' }>
type SettlingAction = Settling['action']

/** What becomes of an import by an action that reads nothing anew. Cancelled, it leaves nothing of its file behind. */
function settled(one: ImportRow, body: Settling, now: Instant): Progress {
  const { action } = body
  const state = nextState(one, action)
  const cancelled = state === 'cancelled' ? { finishedAt: now, ...FINDINGS_DROPPED } : {}
  const silent = body.action === 'apply' && body.silent !== undefined ? { silent: body.silent } : {}
  return { state, problem: null, ...cancelled, ...silent, ...claimLeft(one, body) }
}

/** Registered alone, the file no longer counts as complete: nothing is cancelled. @throws ApiError where there is nothing else */
function claimLeft({ kind }: ImportRow, body: Settling): Progress {
  if (body.action !== 'apply' || body.withdraw !== false) return {}
  if (kind === 'withdrawals')
    throw new ApiError(
      409,
      'not-while-validated',
      '这是平台已撤回的编号,没有要登记的行,只能撤销(withdraw)或取消(cancel)。',
    )
  return { completeFrom: null, completeUntil: null }
}

function detailOf(body: ImportAction) {
  if (body.action === 'map') return mapDetail(body)
  return body.action === 'mend' ? mendDetail(body) : settleDetail(body)
}

/** What the trail says of it. A reason is free text and stays out. */
function settleDetail(body: Settling) {
  const silent = body.action === 'apply' && body.silent !== undefined ? { silent: body.silent } : {}
  const withdraw = body.action === 'apply' && body.withdraw !== undefined ? { withdraw: body.withdraw } : {}
  return { action: body.action, ...silent, ...withdraw }
}

const CANCELLABLE: readonly ImportRow['state'][] = ['validated', 'validating', 'mapping-needed']

/** @throws ApiError when the import's state does not allow the action */
function nextState({ state }: ImportRow, action: SettlingAction): ImportRow['state'] {
  if (action === 'apply' && state === 'validated') return 'applying'
  if (action === 'cancel' && CANCELLABLE.includes(state)) return 'cancelled'
  if (action === 'undo' && state === 'applied') return 'undoing'
  if (action === 'undo' && (state === 'undone' || state === 'undoing')) throw undoneBefore(state)
  if (action === 'apply' && state === 'undone')
    throw new ApiError(409, 'not-while-undone', '这次导入已经撤回。要重新登记,请再导入原来的文件。')
  const wanted = { apply: '检查完毕、尚未登记', cancel: '尚未登记', undo: '已登记' }[action]
  throw new ApiError(409, `not-while-${state}`, `只有${wanted}的导入才能这样做。`)
}

function undoneBefore(state: 'undone' | 'undoing'): ApiError {
  const words = state === 'undone' ? '这次导入已经撤回过了。' : '这次导入正在撤回。'
  return new ApiError(409, `not-while-${state}`, words)
}
