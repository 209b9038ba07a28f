import fp from 'fastify-plugin'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError } from '../http/errors.ts'

/** `ownUrl`: where our pages are reached, behind whatever proxy. The host of a request counts as well. */
export type CsrfOptions = { ownUrl?: string }

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A page elsewhere can make a browser send our cookie, but not say that it is ours: what changes something must come from
 * our own pages. Keys are exempt, since no browser sends them by itself.
 */
export const csrf = fp(
  async (app: FastifyInstance, { ownUrl }: CsrfOptions): Promise<void> => {
    // A form elsewhere may post text/plain without asking; nothing of ours takes it.
    app.removeContentTypeParser('text/plain')
    app.addHook('onRequest', async (request) => {
      if (SAFE.has(request.method) || request.headers.authorization !== undefined) return
      const from = whereFrom(request, ownUrl)
      // Without a cookie there is nothing to abuse but a sign-in forced upon somebody, of which every browser says where from.
      if (from === 'elsewhere' || (from === 'unsaid' && request.headers.cookie !== undefined))
        throw new ApiError(
          403,
          'cross-site',
          '请求不是从督办自己的页面发出的,没有执行。请在督办页面中重新操作;程序带着登录会话调用时,要带 Origin 头,值为督办的网址。',
        )
    })
  },
  { name: 'csrf' },
)

/** Browsers that do not send Sec-Fetch-Site (old ones, and all to http addresses of other machines) send an Origin. */
function whereFrom({ headers, host }: FastifyRequest, ownUrl?: string): 'here' | 'elsewhere' | 'unsaid' {
  const { origin, 'sec-fetch-site': site } = headers
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'here' : 'elsewhere'
  if (origin === undefined) return 'unsaid'
  const from = hostOf(origin)
  return from !== null && (from === host || from === hostOf(ownUrl)) ? 'here' : 'elsewhere'
}

/** null for `null` and for whatever else is no address. */
function hostOf(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : null
}
