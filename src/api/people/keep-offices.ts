import type { FastifyRequest } from 'fastify'
import type { NewOffice, OfficeAction } from '../../contract/api/offices.ts'
import { addOffice, changeOffice, OfficeRefusal } from '../../services/people/keep-offices.ts'
import type { Office } from '../../services/people/offices.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { accountsTransaction } from '../plugins/scope.ts'
import { administered } from './accounts.ts'

/** @throws ApiError 409 or 422 */
export function createOffice(request: FastifyRequest, deps: ApiDeps, wanted: NewOffice): Promise<Office> {
  const counties = administered(request)
  return accountsTransaction(request, deps, counties, async (tx, note) => {
    const office = await addOffice(tx, counties, wanted)
    Object.assign(note, { action: 'office.add', detail: { office: office.code, kind: office.kind } })
    return office
  }).catch(apiErrorOf)
}

/** @throws ApiError 404 or 409 */
export function actOnOffice(
  request: FastifyRequest,
  deps: ApiDeps,
  code: string,
  change: OfficeAction,
): Promise<Office> {
  const counties = administered(request)
  return accountsTransaction(request, deps, counties, async (tx, note) => {
    const office = await changeOffice(tx, counties, code, change)
    if (!office) throw notFound('单位')
    Object.assign(note, { action: `office.${DEEDS[change.action]}`, detail: { office: office.code } })
    return office
  }).catch(apiErrorOf)
}

/** What the trail calls each change. */
const DEEDS = { rename: 'rename', 'set-duties': 'duties', remove: 'remove' } as const

function apiErrorOf(error: unknown): never {
  if (!(error instanceof OfficeRefusal)) throw error
  const { fault, message } = error
  if (fault === null) throw new ApiError(409, 'in-use', message)
  const errors = [{ pointer: `/body/${fault.field}`, message }]
  throw fault.exists
    ? new ApiError(409, 'exists', message, errors)
    : new ApiError(422, 'bad-office', message, errors)
}
