import type { z } from 'zod'
import type { importQuery } from '../../contract/api/imports.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import { ApiError } from '../http/errors.ts'

type Claim = Pick<ImportRow, 'dryRun' | 'kind' | 'completeFrom' | 'completeUntil'>

/**
 * Which kind of file it claims to be, and from when to when it is complete. What may cancel obligations is only checked: it waits
 * for somebody to confirm it.
 * @throws ApiError 422 for a claim that is not whole
 */
export function claimOf(query: z.infer<typeof importQuery>): Claim {
  const { dryRun = false, kind = 'warnings', complete = false, from, until } = query
  const whole = { completeFrom: null, completeUntil: null }
  if (!complete) {
    if (from !== undefined) throw badClaim('from', 'from 和 until 只与 complete=true 一起写')
    if (until !== undefined) throw badClaim('until', 'from 和 until 只与 complete=true 一起写')
    return { ...whole, kind, dryRun: dryRun || kind === 'withdrawals' }
  }
  if (kind === 'withdrawals') throw badClaim('complete', '撤回的编号不是完整的导出,不能写 complete')
  if (from === undefined) throw badClaim('from', '请写明文件含有从哪天起签发的全部预警,例如 from=2022-06-01')
  if (until === undefined) throw badClaim('until', '请写明到哪天为止,例如 until=2022-06-30')
  if (from > until) throw badClaim('until', 'until 不能早于 from')
  return { kind, dryRun: true, completeFrom: from, completeUntil: until }
}

function badClaim(field: string, message: string): ApiError {
  return new ApiError(422, 'bad-claim', `${message}。`, [{ pointer: `/querystring/${field}`, message }])
}
