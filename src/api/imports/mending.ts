import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Sql } from '../../db/pool.ts'
import type { importQuery } from '../../contract/api/import-requests.ts'
import { rowsToMend } from '../../services/imports/mended-apart.ts'
import { importById } from '../../services/imports/store.ts'
import { actorOf } from '../plugins/actor.ts'
import { badClaim } from './claim.ts'
import { rowsHiddenFrom } from './errors-found.ts'
import { rightsIn } from './may-settle.ts'

/** Which import a file mends rows of, and which rows. */
type Mending = { mends: string; mendsRows: number[] }

/**
 * What a file says of the registered import whose rows it has, mended; undefined for any other file.
 * @param comparison that the file itself is of
 * @param sql the transaction that stores the file, where it is asked again: receiving a file takes long
 * @throws ApiError 422 unless it is a registered import of warnings of theirs, of the same county and comparison, and each row, named
 * once, was refused there, is not hidden from them and is not registered since
 */
export async function mendingOf(
  request: FastifyRequest<{ Querystring: z.infer<typeof importQuery> }>,
  county: string,
  comparison: string | null,
  sql: Sql = request.db,
): Promise<Mending | undefined> {
  const { mends, mendsRows, kind, complete } = request.query
  if (mends === undefined && mendsRows === undefined) return undefined
  if (mends === undefined || mendsRows === undefined)
    throw badClaim('mendsRows', 'mends 和 mendsRows 要一起写')
  if (kind === 'withdrawals' || complete)
    throw badClaim('mends', '改好的行登记的是预警,不能同时写 kind=withdrawals 或 complete')
  const rows = mendsRows.split(',').map(Number)
  if (new Set(rows).size < rows.length) throw badClaim('mendsRows', '有的行号写了不止一次;每一行只写一次')
  const actor = actorOf(request)
  const one = await importById(sql, mends)
  const rights = one && (await rightsIn(sql, actor, one))
  const isLike = one?.county === county && one.comparison === comparison && one.kind === 'warnings'
  if (!rights?.settles || !isLike || one.state !== 'applied')
    throw badClaim('mends', '没有这次已登记、由您经办的预警导入,请核对编号')
  const left = await rowsToMend(sql, one, rows)
  const hidden = await rowsHiddenFrom(sql, one, { actor, reads: rights.reads }, rows)
  if (left.size === rows.length && hidden.size === 0) return { mends, mendsRows: rows }
  throw badClaim('mendsRows', '有的行在那次导入中没有问题,或改好后已经登记;请重新读取那次导入')
}
