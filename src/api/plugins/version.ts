import type { FastifyReply, FastifyRequest } from 'fastify'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import type { RefusalParams } from '../../contract/api/common.ts'
import type { Sql } from '../../db/pool.ts'
import { type Changed, whoChanged } from '../../services/audit/who-changed.ts'
import { ApiError } from '../http/errors.ts'
import { iso } from '../obligations/present.ts'

/**
 * The ETag of a single thing is its version and the business day: what a day changes (remaining days) changes it too.
 * @param mark a number of what else an answer hangs on: what the reader may do, where that changes without the thing
 */
export function tagWith(
  request: FastifyRequest,
  reply: FastifyReply,
  version: number,
  now: Instant,
  mark: number | null = null,
): boolean {
  const tag = `"${version}-${dayOf(now)}${mark === null ? '' : `-${mark}`}"`
  void reply.header('etag', tag)
  return request.headers['if-none-match'] === tag
}

/** `If-Match` compares the version alone. @throws ApiError when it is no ETag of ours */
export function expectedVersion(request: FastifyRequest): number | undefined {
  const given = request.headers['if-match']
  if (given === undefined || given === '*') return undefined
  const version = /^"(\d+)(-[\d-]+)?"$/.exec(given)?.[1]
  if (version === undefined) throw new ApiError(400, 'bad-if-match', 'If-Match 要是上次读取时得到的 ETag。')
  return Number(version)
}

/** @throws ApiError 412, which tells who changed it meanwhile and when */
export async function mustBeUnchanged(
  tx: Sql,
  request: FastifyRequest,
  version: number,
  what: Changed,
): Promise<void> {
  const expected = expectedVersion(request)
  if (expected !== undefined && expected !== version) throw await changedBySomebody(tx, what)
}

/** What somebody has seen is no longer so, since somebody else changed it: who, and when. */
export async function changedBySomebody(tx: Sql, what: Changed): Promise<ApiError> {
  const who = await whoChanged(tx, what)
  return changedMeanwhile(who === null ? {} : { by: who.by, at: iso(who.at) })
}

/** What somebody has seen is no longer so. */
export function changedMeanwhile(who: RefusalParams = {}): ApiError {
  return new ApiError(412, 'version-mismatch', '内容刚被别人更新过,请重新读取后再操作。', [], {}, who)
}
