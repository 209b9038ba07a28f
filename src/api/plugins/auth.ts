import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { ApiError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who acts; stands in the history of what they did. */
    actor: string
  }
}

/** Until there is sign-in: one bearer token, made by the launcher. Sign-in will set `actor` here and nowhere else. */
export function bearer(app: FastifyInstance, token: string): void {
  const expected = digest(token)
  app.decorateRequest('actor', '')
  app.addHook('onRequest', async (request) => {
    const [scheme, given] = (request.headers.authorization ?? '').split(' ')
    if (scheme?.toLowerCase() !== 'bearer' || !given || !timingSafeEqual(digest(given), expected))
      throw new ApiError(401, 'unauthorized', '请在 Authorization 头中带上接口令牌:Bearer <令牌>。', [], {
        'www-authenticate': 'Bearer',
      })
    request.actor = 'token'
  })
}

/** Equal lengths, whatever was sent: the comparison takes the same time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
