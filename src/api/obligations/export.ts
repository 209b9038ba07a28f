import type { FastifyRequest } from 'fastify'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import { EXPORT_COLUMNS, type ExportColumn } from '../../contract/api/export.ts'
import { dayOf } from '../../domain/time/days.ts'
import { LEVEL_LABELS, SOURCE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { csvLine } from '../../ledgers/csv-write.ts'
import { countObligations } from '../../services/obligations/search-counts.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { exportDetail } from './export-detail.ts'
import { askedOf, type ObligationQuestion, type ObligationReader, scopeOf } from './read.ts'

const MOST_ROWS = 100_000
const PAGE = 1_000

type Cell = (item: ObligationBody) => string

/** What stands in each column. Of the household what the list shows: masked, and nothing for a key without that right. */
const CELLS: Record<ExportColumn, Cell> = {
  externalId: ({ externalId }) => externalId ?? '',
  office: ({ office }) => office.name,
  title: ({ title }) => title,
  level: ({ level }) => (level === null ? '' : LEVEL_LABELS[level]),
  clock: ({ clock }) => clock.words,
  state: ({ labels }) => labels['state'] ?? '',
  due: ({ holder, dueOn }) => holder?.dueOn ?? dueOn,
  holder: ({ holder }) => (holder === null ? '' : holder.office.name),
  issued: ({ issuedAt }) => dayOf(Date.parse(issuedAt)),
  kind: ({ labels }) => labels['kind'] ?? '',
  cause: ({ labels }) => labels['cause'] ?? '',
  group: ({ labels }) => labels['group'] ?? '',
  source: ({ source }) => (source === null ? '' : SOURCE_LABELS[source]),
  outcome: ({ labels }) => labels['outcome'] ?? '',
  name: ({ subject }) => subject?.name ?? '',
  village: ({ subject }) => subject?.village ?? '',
  phone: ({ subject }) => subject?.phone ?? '',
}

/**
 * The rows that a list would show, as a file, page by page; the trail knows how many, which columns and by which filters. No transaction
 * waits for a slow reader.
 * @throws ApiError 422 for more rows than a file holds
 */
export async function exportList(
  request: FastifyRequest,
  { list }: ObligationReader,
  asked: Omit<ObligationQuestion, 'cursor' | 'limit'>,
  columns: readonly ExportColumn[],
): Promise<AsyncGenerator<string>> {
  const actor = actorOf(request)
  const { sort: _sort, ...search } = asked
  const { now } = asOfOf(request)
  const rows = await countObligations(request.db, askedOf(actor, search), scopeOf(actor), now)
  if (rows > MOST_ROWS)
    throw new ApiError(
      422,
      'too-many',
      `一共 ${rows} 件,一次最多导出 ${MOST_ROWS} 件,请缩小范围分批导出。`,
      [],
      {},
      { most: MOST_ROWS },
    )
  await request.db.transaction(async (_tx, note) => {
    Object.assign(note, { action: 'obligation.export', detail: exportDetail(rows, columns, search) })
  })
  return pages(request, list, asked, columns)
}

async function* pages(
  request: FastifyRequest,
  list: ObligationReader['list'],
  asked: Omit<ObligationQuestion, 'cursor' | 'limit'>,
  columns: readonly ExportColumn[],
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(columns.map((column) => EXPORT_COLUMNS[column]))}`
  for (let cursor: string | undefined; ;) {
    const question = { ...asked, limit: PAGE, cursor }
    const page = await request.db.together(() => list(request, question))
    yield page.items.map((item) => csvLine(columns.map((column) => CELLS[column](item)))).join('')
    if (page.nextCursor === null) return
    cursor = page.nextCursor
  }
}
