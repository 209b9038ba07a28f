import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { importQuery } from '../../contract/api/import-requests.ts'
import { rowsToMend } from '../../services/imports/mended-apart.ts'
import { importById } from '../../services/imports/store.ts'
import { actorOf } from '../plugins/actor.ts'
import { badClaim } from './claim.ts'
import { rightsIn } from './may-settle.ts'

/** Which import a file mends rows of, and which rows. */
type Mending = { mends: string; mendsRows: number[] }

/**
 * What a file says of the registered import whose rows it has, mended; undefined for any other file.
 * @param comparison that the file itself is of
 * @throws ApiError 422 unless it is a registered import of theirs, of the same county and comparison, and each row was refused there and
 * is not registered since
 */
export async function mendingOf(
  request: FastifyRequest<{ Querystring: z.infer<typeof importQuery> }>,
  county: string,
  comparison: string | null,
): Promise<Mending | undefined> {
  const { mends, mendsRows, kind, complete } = request.query
  if (mends === undefined && mendsRows === undefined) return undefined
  if (mends === undefined || mendsRows === undefined)
    throw badClaim('mendsRows', 'mends 和 mendsRows 要一起写')
  if (kind === 'withdrawals' || complete)
    throw badClaim('mends', '改好的行登记的是预警,不能同时写 kind=withdrawals 或 complete')
  const rows = mendsRows.split(',').map(Number)
  const one = await importById(request.db, mends)
  const isTheirs = one && (await rightsIn(request.db, actorOf(request), one)).settles
  if (!isTheirs || one.county !== county || one.comparison !== comparison || one.state !== 'applied')
    throw badClaim('mends', '没有这次已登记、由您经办的导入,请核对编号')
  const left = await rowsToMend(request.db, one, rows)
  if (left.size === rows.length) return { mends, mendsRows: rows }
  throw badClaim('mendsRows', '有的行在那次导入中没有问题,或改好后已经登记;请重新读取那次导入')
}
