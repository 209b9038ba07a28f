import fp from 'fastify-plugin'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { campaignById } from '../../services/campaigns/store.ts'
import { isCountedList } from '../../domain/obligation/counted-lists.ts'
import { importKnown } from '../../services/imports/store.ts'
import { mailKnown } from '../../services/notifications/mail-queries.ts'
import { officeKnown } from '../../services/people/offices.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf } from './actor.ts'

type Asked = Partial<Record<'office' | 'campaign' | 'import' | 'mail' | 'counted', string | undefined>>

/** A list that is asked for one office, campaign, import or mail refuses one that nobody knows: an empty answer would hide the slip. */
export const knownFilters = fp(
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('preHandler', (request) => mustKnow(request, request.query as Asked, '/querystring'))
  },
  { name: 'known-filters', dependencies: ['authentication', 'scope'] },
)

/** @throws ApiError where there is no such office, campaign, import, mail or number of a mail, or the caller may not know of it */
export async function mustKnow(request: FastifyRequest, asked: Asked, place: string): Promise<void> {
  const { office, campaign } = asked
  if (office !== undefined) await mustKnowOffice(request, office, `${place}/office`)
  if (campaign !== undefined) await mustKnowCampaign(request, campaign, `${place}/campaign`)
  if (asked.import !== undefined) await mustKnowImport(request, asked.import, `${place}/import`)
  await mustKnowMail(request, asked, place)
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

/** A link of a mail may be handed on, or come incomplete: a list without a word would look as if nothing were left to do. */
async function mustKnowMail(request: FastifyRequest, { mail, counted }: Asked, place: string): Promise<void> {
  if (mail !== undefined && !(await mailKnown(request.db, mail)))
    throw new ApiError(
      statusAt(place),
      'unknown-mail',
      '没有这封信,或者信不是发给您的,看不到它所指的事项。请从自己的清单看。',
      [{ pointer: `${place}/mail`, message: '不是您能看到的信' }],
    )
  if (counted === undefined || (mail !== undefined && isCountedList(counted))) return
  throw new ApiError(
    statusAt(place),
    'unknown-counted',
    '链接不完整,看不出是哪封信里的哪个数字。请再点一次信中的链接,或者从自己的清单看。',
    [
      {
        pointer: `${place}/counted`,
        message: mail === undefined ? '要和 mail 一起用' : '信中没有这样的数字',
      },
    ],
  )
}

function statusAt(pointer: string): number {
  return pointer.startsWith('/body') ? 422 : 400
}
