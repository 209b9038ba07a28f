import type { FastifyInstance, FastifyRequest } from 'fastify'
import { officeKnown } from '../../db/office-store.ts'
import { ApiError } from '../errors.ts'
import { actorOf } from './auth.ts'

/** Every list that can be asked for one office refuses one that nobody knows: an empty answer would hide the slip. */
export function knownOffices(app: FastifyInstance): void {
  app.addHook('preHandler', async (request) => {
    const { office } = request.query as { office?: string }
    if (office !== undefined) await mustKnowOffice(request, office, '/querystring/office')
  })
}

/**
 * What one reads is known without asking; the rest of the county is in the directory, which tells of no other county
 * (row-level security). A key that was not given the directory learns no more than what it reads.
 * @throws ApiError where the caller may not know of such an office, or there is none
 */
export async function mustKnowOffice(request: FastifyRequest, code: string, pointer: string): Promise<void> {
  const { scope, permissions } = actorOf(request)
  if (scope.offices.includes(code)) return
  if (permissions.has('directory:read') && (await officeKnown(request.db, code))) return
  const status = pointer.startsWith('/body') ? 422 : 400
  throw new ApiError(status, 'unknown-office', '没有这个单位,请核对代码;单位代码见 GET /v1/offices。', [
    { pointer, message: '不是本县的单位代码' },
  ])
}
