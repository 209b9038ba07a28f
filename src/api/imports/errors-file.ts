import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../domain/people/permissions.ts'
import { mendedApart } from '../../services/imports/mended-apart.ts'
import { hasRefusedRows } from '../../services/imports/refused-rows.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import type { ApiDeps } from '../http/deps.ts'
import { actorOf } from '../plugins/actor.ts'
import { rightsIn, seesCounty } from './may-settle.ts'
import { countRefused, problemPages, refusedPages } from './errors-pages.ts'

/** A file that is written while it is read: one page after another. */
export type ErrorsFile = { name: string; pages: AsyncGenerator<string> }

/**
 * The rows that were refused, to be mended and imported again. In the clear for those whose file it is, with an entry in the
 * trail; masked for all others. For a key that was not granted personal data, and of an import of an earlier release, only the list of
 * problems is there.
 */
export async function errorsFile(
  request: FastifyRequest,
  deps: ApiDeps,
  one: ImportRow,
): Promise<ErrorsFile> {
  const { id, county } = one
  const { db } = request
  const without = (await mendedApart(db, [one])).get(id)?.settled ?? []
  if (!actorOf(request).personal || !(await hasRefusedRows(db, id)))
    return { name: `导入错误-${id}.csv`, pages: problemPages(db, id, without) }
  const { keys } = deps
  const { reads } = await rightsIn(db, actorOf(request), one)
  if (!reads || !mayReveal(actorOf(request), deps)) {
    const how = { masked: true, without, withinReach: !reads && !seesCounty(actorOf(request), one) }
    return { name: `导入错误-已遮盖-${id}.csv`, pages: refusedPages(db, keys, id, how) }
  }
  await db.transaction(async (tx, note) => {
    note.action = 'import.reveal'
    note.subject = id
    note.county = county
    note.detail = { rows: await countRefused(tx, keys, id, without) }
  })
  return { name: `待修改的行-${id}.csv`, pages: refusedPages(db, keys, id, { masked: false, without }) }
}

/** As with reveals, a person has shown to be who they say. A key that uploads files, and may see personal data, reads what was refused. */
function mayReveal(actor: Actor, { secondFactor }: ApiDeps): boolean {
  return actor.kind !== 'person' || !secondFactor.revealing || actor.secondFactor
}
