import type { Sql } from '../../db/pool.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import { changesOf, countChangesOf, decideChanges } from '../../services/imports/changes-store.ts'
import { dueMovesOf } from '../../services/imports/due-moves.ts'
import { lockImport } from '../../services/imports/store.ts'
import { countOpenWithdrawals, withdrawalsOf } from '../../services/imports/withdrawals-store.ts'
import { reasonOf } from '../../services/imports/withdrawal-reasons.ts'
import { officesUnder } from '../../services/people/offices.ts'
import { poke } from '../../services/watching/pokes.ts'
import { importChangeDocuments as documents } from '../../contract/routes/import-changes.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { changeBody } from './change-body.ts'
import { findImport } from './find-import.ts'
import { undecidedRows } from './undecided-rows.ts'

/** Rows that came again changed, and what the platform has withdrawn. */
export function importChangeRoutes(app: Routes, { keys }: ApiDeps): void {
  route(app, documents.listImportChanges, async (request) => {
    const { id, county } = await findImport(request.db, request.params.id)
    const { cursor, limit, state } = request.query
    const names = await officeNames(request.db, county)
    const found = await changesOf(request.db, id, {
      ...{ afterRow: decodeCursor(cursor)?.at ?? 0, limit: limit + 1 },
      state: state === 'applying' ? 'confirmed' : (state ?? null),
    })
    const dues = await dueMovesOf(request.db, { county, now: asOfOf(request).now }, found)
    const page = pageFrom(
      found,
      limit,
      ({ row }) => ({ at: row, id }),
      (change) => {
        const known = { officeNames: names, due: dues.get(change.row) ?? null }
        return changeBody(keys, change, known, actorOf(request))
      },
    )
    return { ...page, ...(await countChangesOf(request.db, id)) }
  })

  route(app, documents.actOnImportChanges, async (request, reply) => {
    const { id } = await findImport(request.db, request.params.id)
    const { action } = request.body
    const wanted: readonly number[] | 'all' = request.body.rows ?? 'all'
    const answer = await request.db.transaction(async (tx, note) => {
      const one = await lockImport(tx, id)
      if (!one) throw notFound('导入')
      note.action = `import.${action}-changes`
      note.county = one.county
      mustReach(request, 'imports:manage', one.county)
      if (one.state !== 'validated' && one.state !== 'applied')
        throw new ApiError(409, `not-while-${one.state}`, '检查完毕或已登记的导入,才能处理内容有变的行。')
      const decision = { action, rows: wanted, by: actorOf(request).id, at: asOfOf(request).now }
      const decided = await decideChanges(tx, id, decision)
      note.detail = { rows: decided.length }
      if (action === 'apply' && decided.length > 0) await poke(tx, 'import', [id])
      return { decided: decided.length, refused: await undecidedRows(tx, id, wanted, decided) }
    })
    return reply.code(202).send(answer)
  })

  route(app, documents.listImportWithdrawals, async (request) => {
    const { id } = await findImport(request.db, request.params.id)
    const { cursor, limit } = request.query
    const found = await withdrawalsOf(request.db, id, decodeCursor(cursor)?.id ?? '', limit + 1)
    const actor = actorOf(request)
    const page = pageFrom(
      found,
      limit,
      ({ externalId }) => ({ at: 0, id: externalId }),
      ({ officeCode: code, officeName: name, level: _level, encrypted, keyId, ...rest }) => ({
        ...rest,
        reason:
          actor.personal && mayIn(actor, 'notes:read', code)
            ? reasonOf(keys, id, { encrypted, keyId })
            : null,
        office: { code, name },
      }),
    )
    return { ...page, open: await countOpenWithdrawals(request.db, id) }
  })
}

async function officeNames(sql: Sql, county: string): Promise<Map<string, string>> {
  return new Map((await officesUnder(sql, county)).map(({ code, name }) => [code, name]))
}
