import type { FastifyRequest } from 'fastify'
import type { NewOffice, OfficeAction } from '../../contract/api/offices.ts'
import { isUnder } from '../../domain/people/permissions.ts'
import { addOffice, changeOffice, OfficeRefusal } from '../../services/people/keep-offices.ts'
import type { Office } from '../../services/people/offices.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { accountsTransaction } from '../plugins/scope.ts'
import { changedBySomebody } from '../plugins/version.ts'
import { administered } from './accounts.ts'

/** @throws ApiError 409 or 422 */
export function createOffice(request: FastifyRequest, deps: ApiDeps, wanted: NewOffice): Promise<Office> {
  const counties = administered(request)
  return accountsTransaction(request, deps, counties, async (tx, note) => {
    const office = await addOffice(tx, counties, wanted)
    const { code, kind, name, duties } = office
    Object.assign(note, { action: 'office.add', county: countyOf(counties, code) })
    note.detail = { office: code, kind, name, duties }
    return office
  }).catch(apiErrorOf)
}

/** @throws ApiError 404, 409 or 412 */
export function actOnOffice(
  request: FastifyRequest,
  deps: ApiDeps,
  code: string,
  change: OfficeAction,
): Promise<Office> {
  const counties = administered(request)
  return accountsTransaction(request, deps, counties, async (tx, note) => {
    const changed = await changeOffice(tx, counties, code, change).catch(async (error: unknown) => {
      if (!(error instanceof OfficeRefusal) || error.why !== 'version-mismatch') throw error
      throw await changedBySomebody(tx, { kind: 'office', about: null, part: { office: code } })
    })
    if (!changed) throw notFound('单位')
    const { office, from, to } = changed
    Object.assign(note, { action: `office.${DEEDS[change.action]}`, county: countyOf(counties, code) })
    note.detail = { office: code, from, to }
    return office
  }).catch(apiErrorOf)
}

/** What the trail calls each change. */
const DEEDS = { rename: 'rename', 'set-duties': 'duties', remove: 'remove' } as const

/** Whoever administers two counties keeps an office of one of them. */
const countyOf = (counties: readonly string[], code: string) =>
  counties.find((county) => isUnder(code, county))

function apiErrorOf(error: unknown): never {
  if (!(error instanceof OfficeRefusal)) throw error
  const { why, message } = error
  if (typeof why === 'string') throw new ApiError(409, why, message)
  const errors = [{ pointer: `/body/${why.field}`, message }]
  throw why.exists
    ? new ApiError(409, 'exists', message, errors)
    : new ApiError(422, 'bad-office', message, errors)
}
