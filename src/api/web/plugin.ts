import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendPlain } from './refusal-page.ts'
import { WEB_ROOT } from './root.ts'

/** The app's own files and our API; nothing inline, nothing from elsewhere. Frames show mails, which may do nothing. */
export const WEB_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const PAGES = [WEB_ROOT, `${WEB_ROOT}/*`]
const OPEN = { config: { permission: 'open' as const }, schema: { hide: true } }

/**
 * The web app, built into `folder`: its files, kept for a year since their names change with their content, and at every
 * other address below the root its one page, asked for anew each time.
 */
export async function webApp(app: FastifyInstance, { folder }: { folder: string | null }): Promise<void> {
  if (folder === null) return notBuilt(app)
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: `${WEB_ROOT}/assets/`,
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  })
  for (const url of PAGES)
    app.get(url, OPEN, async (_request, reply) =>
      reply
        .headers({ 'content-security-policy': WEB_CSP, 'cache-control': 'no-cache' })
        .type('text/html; charset=utf-8')
        .send(page),
    )
}

/** Only whoever runs the program from its sources meets this. */
function notBuilt(app: FastifyInstance): void {
  const page = {
    title: '网页还没有构建',
    words: '请在程序的目录里执行 npm run build,再重新启动。接口不受影响。',
  }
  for (const url of PAGES) app.get(url, OPEN, async (_request, reply) => sendPlain(reply.code(503), page))
}
