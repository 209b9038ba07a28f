import type { z } from 'zod'
import type { importQuery } from '../../contract/api/import-requests.ts'
import type { FastifyRequest } from 'fastify'
import type { Sql } from '../../db/pool.ts'
import { bringsFor, mayBringHits } from '../../domain/people/bring-hits.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import { hitsTarget, lockHitsTarget } from '../../services/comparisons/hits.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf, mustReach, notTheirs } from '../plugins/actor.ts'

type Claim = Pick<ImportRow, 'dryRun' | 'kind' | 'completeFrom' | 'completeUntil' | 'comparison'>
/** Where the rows of a file may raise warnings, and which office brings it. */
type Brought = Pick<ImportRow, 'reach' | 'broughtBy'>

const OF_THE_COUNTY: Brought = { reach: null, broughtBy: null }

/**
 * Which kind of file it claims to be, and from when to when it is complete. What may cancel obligations is only checked: it waits
 * for somebody to confirm it.
 * @throws ApiError 422 for a claim that is not whole
 */
export function claimOf(query: z.infer<typeof importQuery>): Claim {
  const { dryRun = false, kind = 'warnings', complete = false, from, until } = query
  const comparison = hitsOf(query)
  const whole = { completeFrom: null, completeUntil: null, comparison }
  if (!complete) {
    if (from !== undefined) throw badClaim('from', 'from 和 until 只与 complete=true 一起写')
    if (until !== undefined) throw badClaim('until', 'from 和 until 只与 complete=true 一起写')
    return { ...whole, kind, dryRun: dryRun || kind === 'withdrawals' }
  }
  if (kind === 'withdrawals') throw badClaim('complete', '撤回的编号不是完整的导出,不能写 complete')
  if (from === undefined) throw badClaim('from', '请写明文件含有从哪天起签发的全部预警,例如 from=2022-06-01')
  if (until === undefined) throw badClaim('until', '请写明到哪天为止,例如 until=2022-06-30')
  if (from > until) throw badClaim('until', 'until 不能早于 from')
  return { kind, dryRun: true, completeFrom: from, completeUntil: until, comparison }
}

/** Only warnings come of a comparison, and its hits are never all warnings of some days. */
function hitsOf({ comparison: asked, kind, complete }: z.infer<typeof importQuery>): string | null {
  const comparison = asked ?? null
  if (comparison !== null && (kind === 'withdrawals' || complete))
    throw badClaim('comparison', '比对命中的文件登记的是预警,不能同时写 kind=withdrawals 或 complete')
  return comparison
}

/**
 * Whether they may import this here, for which office, and where its rows may raise warnings: hits of a town's comparison in that town,
 * those that a centre brings of its own comparison in the county; no reach for a file of the county, which may correct too. Asked before
 * the file is sent, and again at the end of the transaction `tx` that takes it in: meanwhile the comparison may have been handed in.
 * @throws ApiError 403; 422 unless the comparison is one that takes hits
 */
export async function mustImport(
  request: FastifyRequest,
  comparison: string | null,
  county: string,
  tx?: Sql,
): Promise<Brought> {
  if (comparison === null) {
    mustReach(request, 'imports:manage', county)
    return OF_THE_COUNTY
  }
  const target = await (tx ? lockHitsTarget(tx, comparison) : hitsTarget(request.db, comparison))
  if (!target || target.county !== county || target.state === 'cancelled')
    throw badClaim(
      'comparison',
      '这里没有可以登记命中名单的这件数据比对,或者它已撤销;请在“数据比对”里核对它的编号',
    )
  const actor = actorOf(request)
  if (!mayBringHits(actor, target)) throw notThePerformer()
  const correctsToo = target.reach === county && mayIn(actor, 'imports:manage', county)
  return { reach: correctsToo ? null : target.reach, broughtBy: bringsFor(actor, target) }
}

/**
 * Old data are registered in silence by whoever manages imports of the whole county alone: of hits that are late already people are told.
 * A key has its rights in its scope, which may be one town.
 */
export function mustTell(request: FastifyRequest, silent: boolean | undefined, county: string): void {
  const actor = actorOf(request)
  const manages = mayIn(actor, 'imports:manage', county) && actor.scope.offices.includes(county)
  if (silent && !manages) throw notTheirs()
}

/** Of a comparison that is not theirs, or not any more. */
export function notThePerformer(): ApiError {
  return new ApiError(
    403,
    'not-the-performer',
    '命中名单由承办这件比对的单位在提交以前登记;已经提交或办结的,请县救助中心登记。',
  )
}

export function badClaim(field: string, message: string): ApiError {
  return new ApiError(422, 'bad-claim', `${message}。`, [{ pointer: `/querystring/${field}`, message }])
}
