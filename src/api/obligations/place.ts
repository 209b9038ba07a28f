import type { Sql } from '../../db/pool.ts'
import type { Scope } from '../../domain/people/permissions.ts'
import { counties, type Office, officesUnder } from '../../services/people/offices.ts'
import { ApiError } from '../http/errors.ts'

/** An office somebody names, with its county and the offices of that. @throws ApiError 422 for one beyond their scope */
export async function placeOf(
  tx: Sql,
  code: string,
  scope: Scope,
): Promise<{ county: string; office: Office; offices: Office[] }> {
  for (const { office: county } of await counties(tx)) {
    const offices = await officesUnder(tx, county)
    const office = scope.offices.includes(code) && offices.find((o) => o.code === code)
    if (office) return { county, office, offices }
  }
  throw new ApiError(422, 'unknown-office', '没有这个单位,或它不在您的范围内;代码见 GET /v1/offices。', [
    { pointer: '/body/office', message: '不是本县的单位' },
  ])
}
