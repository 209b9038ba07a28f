import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ledgerQuery } from '../../contract/api/ledgers.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import { ledgerDocuments as documents } from '../../contract/routes/ledgers.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { kindTable } from '../../ledgers/kind-table.ts'
import { countObligations } from '../../services/obligations/search-counts.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { sendTables } from '../http/send-tables.ts'
import { readAllPages } from '../obligations/all-pages.ts'
import { askedOf, type ObligationReader, obligationReader, scopeOf } from '../obligations/read.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { ledgerRows } from './ledger-rows.ts'

/** A workbook is made in memory. */
const MOST_ROWS = 20_000

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
    const rows = await ledgerRows(request, keys, found)
    await request.db.transaction(async (_tx, note) => {
      Object.assign(note, { action: 'obligation.export', detail: { kind: code, format, rows: rows.length } })
    })
    const kind = kindOf(code)
    const name = `${kind.label}台账-${dayOf(asOfOf(request).now)}`
    return sendTables(reply, { name, plain: 'ledger', format }, [kindTable(kind, rows)])
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
