import type { z } from 'zod'
import { makeApiKey } from '../../services/access/api-keys.ts'
import type { apiKey } from '../../contract/api/keys.ts'
import { labelsOf } from '../../contract/api/keys.ts'
import { type ApiKeyRow, listApiKeys, revokeApiKey } from '../../services/access/api-keys-store.ts'
import { allOffices } from '../../services/people/offices.ts'
import { countiesWhere, isUnder, mayIn } from '../../domain/people/permissions.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { actorOf } from '../plugins/actor.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { apiKeyDocuments as documents } from '../../contract/routes/api-keys.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

/** API keys for dashboards: made, listed and revoked by the county's administrator. */
export function apiKeyRoutes(app: Routes, { wallNow }: Pick<ApiDeps, 'wallNow'>): void {
  route(app, documents.listApiKeys, async (request) => {
    const counties = countiesWhere(actorOf(request), 'keys:manage')
    const near = ({ office }: ApiKeyRow) =>
      counties.some((county) => isUnder(office, county) || isUnder(county, office))
    return { items: (await listApiKeys(request.db)).filter(near).map(show), nextCursor: null }
  })

  route(app, documents.createApiKey, async (request, reply) => {
    const actor = actorOf(request)
    const { office } = request.body
    const made = await request.db.transaction(async (tx, note) => {
      const known = (await allOffices(tx)).some((o) => o.code === office)
      if (!known || !mayIn(actor, 'keys:manage', office))
        throw new ApiError(422, 'unknown-office', '没有这个单位,或它不在您的县。', [
          { pointer: '/body/office', message: '不是本县的单位' },
        ])
      const key = await makeApiKey(tx, { ...request.body, createdBy: actor.id }, wallNow())
      note.subject = key.id
      note.detail = { office, permissions: key.permissions, personal: key.personal }
      return key
    })
    return reply.code(201).send({ ...show(made), token: made.token })
  })

  route(app, documents.revokeApiKey, async (request, reply) => {
    await request.db.transaction(async (tx) => {
      const { id } = request.params
      const key = (await listApiKeys(tx)).find((k) => k.id === id)
      const theirs = key !== undefined && mayIn(actorOf(request), 'keys:manage', key.office)
      if (!theirs || !(await revokeApiKey(tx, id, wallNow()))) throw notFound('有效的密钥')
    })
    return reply.code(204).send(null)
  })
}

function show(key: ApiKeyRow): z.infer<typeof apiKey> {
  const { id, prefix, name, office, permissions, personal } = key
  return {
    ...{ id, prefix, name, office, permissions, personal, createdBy: key.createdBy },
    createdAt: iso(key.createdWall),
    expiresAt: isoOrNull(key.expiresWall),
    lastUsedAt: isoOrNull(key.lastUsedWall),
    revokedAt: isoOrNull(key.revokedWall),
    labels: labelsOf(permissions),
  }
}
