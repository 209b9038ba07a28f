import { counties } from '../../services/people/offices.ts'
import type { Sql } from '../../db/pool.ts'
import { ApiError } from '../http/errors.ts'

/** @throws ApiError when the county must be named, or does not exist here */
export async function countyOf(sql: Sql, asked: string | undefined, pointer: string): Promise<string> {
  const all = await counties(sql)
  const chosen = asked === undefined && all.length === 1 ? all[0] : all.find((c) => c.office === asked)
  if (!chosen)
    throw new ApiError(422, 'unknown-county', '请用 county 写明县局的单位代码(见 GET /v1/offices)。', [
      { pointer, message: '不是本系统中的县局' },
    ])
  return chosen.office
}
