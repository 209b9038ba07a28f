import { statisticsDocuments as documents } from '../../contract/routes/statistics.ts'
import { beijingText, dayOf } from '../../domain/time/days.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { screening } from '../../kinds/screening.ts'
import type { ApiDeps } from '../http/deps.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { sendTables } from '../http/send-tables.ts'
import { obligationReader } from '../obligations/read.ts'
import { asOfOf } from '../plugins/actor.ts'
import { readMatrix } from '../screenings/matrix.ts'
import { screeningTable } from './screening-table.ts'
import { questionTable, statisticTable } from './statistic-tables.ts'
import { readStatistics } from './statistics.ts'

/** What the work comes to, town by town: outcomes, levels, causes, sources (R2, R9), and the screenings (R7). */
export function statisticsRoutes(app: Routes, { keys }: ApiDeps): void {
  const reader = obligationReader(keys)

  route(app, documents.getStatistics, async (request) =>
    readStatistics(request, keys, request.query, await reader.known(request)),
  )

  route(app, documents.exportStatistics, async (request, reply) => {
    const { format, ...query } = request.query
    const counted = await readStatistics(request, keys, query, await reader.known(request))
    const { kind, across, down, items } = counted
    await request.db.transaction(async (_tx, note) => {
      note.action = 'statistic.export'
      note.detail = { kind, across, down, format, rows: items.length }
    })
    const { now } = asOfOf(request)
    const file = { name: `${KIND_LABELS[kind]}统计表-${dayOf(now)}`, plain: 'statistics', format }
    return sendTables(reply, file, [statisticTable(counted), questionTable(counted, beijingText(now))])
  })

  route(app, documents.exportScreeningTable, async (request, reply) => {
    const { format, campaign } = request.query
    const matrix = await readMatrix(request, reader, campaign)
    await request.db.transaction(async (_tx, note) => {
      note.action = 'statistic.export'
      note.detail = { kind: screening.code, format, rows: matrix.towns.length }
    })
    const file = { name: `排查统计表-${dayOf(asOfOf(request).now)}`, plain: 'screenings', format }
    return sendTables(reply, file, [screeningTable(matrix)])
  })
}
