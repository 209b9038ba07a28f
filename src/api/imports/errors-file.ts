import type { FastifyRequest } from 'fastify'
import { mayIn } from '../../domain/people/permissions.ts'
import { errorsCsv } from '../../ledgers/errors-csv.ts'
import { mendableCsv } from '../../ledgers/mendable-csv.ts'
import { hasRefusedRows, refusedRowsOf } from '../../services/imports/refused-rows.ts'
import { importErrors } from '../../services/imports/staging.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import type { ApiDeps } from '../http/deps.ts'
import { actorOf } from '../plugins/actor.ts'

const MOST = 1_000_000

export type ErrorsFile = { name: string; text: string }

/**
 * The rows that were refused, to be mended and imported again. In the clear for those who manage imports, with an entry in the
 * trail; masked for all others. For a key that was not granted personal data, and of an import of an earlier release, only the list of
 * problems is there.
 */
export async function errorsFile(
  request: FastifyRequest,
  deps: ApiDeps,
  { id, county }: ImportRow,
): Promise<ErrorsFile> {
  const problems = await importErrors(request.db, id, -1, MOST)
  if (!actorOf(request).personal || !(await hasRefusedRows(request.db, id)))
    return { name: `导入错误-${id}.csv`, text: errorsCsv(problems) }
  const { keys } = deps
  if (!mayReadRows(request, deps, county)) {
    const parts = await refusedRowsOf(request.db, keys, id)
    return { name: `导入错误-已遮盖-${id}.csv`, text: mendableCsv(parts, problems, { masked: true }) }
  }
  return request.db.transaction(async (tx, note) => {
    const parts = await refusedRowsOf(tx, keys, id)
    note.action = 'import.reveal'
    note.subject = id
    note.county = county
    note.detail = { rows: parts.reduce((sum, { rows }) => sum + rows.length, 0) }
    return { name: `待修改的行-${id}.csv`, text: mendableCsv(parts, problems, { masked: false }) }
  })
}

/** As with reveals, a person has shown to be who they say. A key that uploads files, and may see personal data, reads what was refused. */
function mayReadRows(request: FastifyRequest, { secondFactor }: ApiDeps, county: string): boolean {
  const actor = actorOf(request)
  if (!mayIn(actor, 'imports:manage', county)) return false
  return actor.kind !== 'person' || !secondFactor.revealing || actor.secondFactor
}
