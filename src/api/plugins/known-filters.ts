import fp from 'fastify-plugin'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { campaignById } from '../../services/campaigns/store.ts'
import { importKnown } from '../../services/imports/store.ts'
import { officeKnown } from '../../services/people/offices.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf } from './actor.ts'

type Asked = Partial<Record<'office' | 'campaign' | 'import', string | undefined>>

/** A list that is asked for one office, campaign or import refuses one that nobody knows: an empty answer would hide the slip. */
export const knownFilters = fp(
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('preHandler', (request) => mustKnow(request, request.query as Asked, '/querystring'))
  },
  { name: 'known-filters', dependencies: ['authentication', 'scope'] },
)

/** @throws ApiError where there is no such office, campaign or import, or the caller may not know of it */
export async function mustKnow(request: FastifyRequest, asked: Asked, place: string): Promise<void> {
  const { office, campaign } = asked
  if (office !== undefined) await mustKnowOffice(request, office, `${place}/office`)
  if (campaign !== undefined) await mustKnowCampaign(request, campaign, `${place}/campaign`)
  if (asked.import !== undefined) await mustKnowImport(request, asked.import, `${place}/import`)
}

/**
 * What one reads is known without asking; the rest of the county is in the directory, which tells of no other county
 * (row-level security). A key that was not given the directory learns no more than what it reads.
 */
async function mustKnowOffice(request: FastifyRequest, code: string, pointer: string): Promise<void> {
  const { scope, permissions } = actorOf(request)
  if (scope.offices.includes(code)) return
  if (permissions.has('directory:read') && (await officeKnown(request.db, code))) return
  throw new ApiError(
    statusAt(pointer),
    'unknown-office',
    '没有这个单位,请核对代码;单位代码见 GET /v1/offices。',
    [{ pointer, message: '不是本县的单位代码' }],
  )
}

/** Row-level security shows the campaigns of one's own county alone. */
async function mustKnowCampaign(request: FastifyRequest, id: string, pointer: string): Promise<void> {
  if (await campaignById(request.db, id)) return
  throw new ApiError(
    statusAt(pointer),
    'unknown-campaign',
    '没有这个行动,请核对编号;行动的编号见 GET /v1/campaigns。',
    [{ pointer, message: '不是本县的行动' }],
  )
}

/** Who does not see the file itself may see what it registered. The list of the imports is named to whoever may ask for it. */
async function mustKnowImport(request: FastifyRequest, id: string, pointer: string): Promise<void> {
  if (await importKnown(request.db, id)) return
  const place = actorOf(request).permissions.has('imports:read') ? ';导入的编号见 GET /v1/imports' : ''
  throw new ApiError(
    statusAt(pointer),
    'unknown-import',
    `没有这次导入,或者其中没有您能看到的事项,请核对编号${place}。`,
    [{ pointer, message: '不是您能看到的导入' }],
  )
}

function statusAt(pointer: string): number {
  return pointer.startsWith('/body') ? 422 : 400
}
