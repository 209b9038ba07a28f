import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

export const WEB_ROOT = '/app'

/** The app's own files and our API; nothing inline, nothing from elsewhere. Frames show mails, which may do nothing. */
export const WEB_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** What keeps the same name from build to build: the worker that keeps the app on a device, and how a device names and draws it. */
const NAMED_FILES: Record<string, string> = {
  'worker.js': 'text/javascript; charset=utf-8',
  'app.webmanifest': 'application/manifest+json; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'icon-192.png': 'image/png',
  'icon-512.png': 'image/png',
}

/**
 * The web app, built into `folder`: its files, kept for a year since their names change with their content, and at every
 * other address below the root its one page, asked for anew each time.
 */
export async function webApp(app: FastifyInstance, { folder }: { folder: string }): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: `${WEB_ROOT}/assets/`,
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  })
  const page = await readFile(join(folder, 'index.html'))
  for (const url of [WEB_ROOT, `${WEB_ROOT}/*`]) serveUnkept(app, url, 'text/html; charset=utf-8', page)
  for (const [name, type] of Object.entries(NAMED_FILES))
    serveUnkept(app, `${WEB_ROOT}/${name}`, type, await readFile(join(folder, name)))
}

/** A file that browsers ask for anew each time. */
function serveUnkept(app: FastifyInstance, url: string, type: string, file: Buffer): void {
  app.get(url, { config: { permission: 'open' }, schema: { hide: true } }, async (_request, reply) =>
    reply.headers({ 'content-security-policy': WEB_CSP, 'cache-control': 'no-cache' }).type(type).send(file),
  )
}
