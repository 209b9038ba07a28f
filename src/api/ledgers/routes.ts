import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ledgerQuery } from '../../contract/api/ledgers.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import { ledgerDocuments as documents } from '../../contract/routes/ledgers.ts'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import type { LedgerRow } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { kindLedger } from '../../ledgers/kind-ledger.ts'
import { kindWorkbook } from '../../ledgers/kind-workbook.ts'
import { countObligations } from '../../services/obligations/search-counts.ts'
import { resultsOf } from '../../services/obligations/results.ts'
import { textsOfResults } from '../../services/obligations/result-texts.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { readAllPages } from '../obligations/all-pages.ts'
import { askedOf, type ObligationReader, obligationReader, scopeOf } from '../obligations/read.ts'
import { shownResult } from '../obligations/shown-result.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'

/** A workbook is made in memory. */
const MOST_ROWS = 20_000
const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

export function ledgerRoutes(app: Routes, { keys }: ApiDeps): void {
  route(app, documents.getLedger, handleLedger(obligationReader(keys), keys))
}

function handleLedger(reader: ObligationReader, keys: Keyring): HandlerOf<typeof documents.getLedger> {
  return async (request, reply) => {
    const { kind: code } = request.params
    const { format, ...asked } = request.query
    const search = { kind: code, ...asked }
    await mustFit(request, search)
    const found = await readAllPages(request, reader, { ...search, sort: 'dueAt' })
    const rows = await rowsOf(request, keys, found)
    await request.db.transaction(async (_tx, note) => {
      Object.assign(note, { action: 'obligation.export', detail: { kind: code, format, rows: rows.length } })
    })
    const kind = kindOf(code)
    const name = `${kind.label}台账-${dayOf(asOfOf(request).now)}.${format}`
    return reply
      .type(TYPES[format])
      .header(
        'content-disposition',
        `attachment; filename="ledger.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      )
      .header('cache-control', 'no-store')
      .send(format === 'csv' ? kindLedger(kind, rows) : await kindWorkbook(kind, rows))
  }
}

type LedgerSearch = { kind: Kind } & Omit<z.infer<typeof ledgerQuery>, 'format'>

/** @throws ApiError 422 for more than a workbook is made of */
async function mustFit(request: FastifyRequest, search: LedgerSearch): Promise<void> {
  const actor = actorOf(request)
  const count = await countObligations(
    request.db,
    askedOf(actor, search),
    scopeOf(actor),
    asOfOf(request).now,
  )
  if (count > MOST_ROWS)
    throw new ApiError(
      422,
      'too-many',
      `一共 ${count} 件,一次最多 ${MOST_ROWS} 件,请按单位或行动分批导出。`,
      [],
      {},
      { most: MOST_ROWS },
    )
}

/** The texts of a result, such as who decided an exit, are read where whoever asks reads notes. */
async function rowsOf(
  request: FastifyRequest,
  keys: Keyring,
  found: readonly ObligationBody[],
): Promise<LedgerRow[]> {
  const ids = found.map(({ id }) => id)
  const results = await resultsOf(request.db, ids)
  const readable = found.filter(({ office }) => mayIn(actorOf(request), 'notes:read', office.code))
  const readableIds = new Set(readable.map(({ id }) => id))
  const texts = await textsOfResults(request.db, keys, [...readableIds])
  return found.map((body) => {
    const { externalId, title, state, level, cause, group, source, dueOn, everLate } = body
    const { facts = {}, result: stored = null } = results.get(body.id) ?? {}
    const shown = readableIds.has(body.id) ? (texts.get(body.id) ?? {}) : null
    return {
      ...{ externalId, title, state, level, cause, group, source, dueOn, everLate, facts },
      ...{ result: stored && shownResult(body.kind, stored, shown) },
      ...{ officeName: body.office.name, issuedOn: dayOf(Date.parse(body.issuedAt)) },
    }
  })
}
