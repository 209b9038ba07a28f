import type { FastifyInstance } from 'fastify'

/** Collects from now on which methods each address takes. @returns those of one path; none where there is no such address */
export function methodsOf(app: FastifyInstance): (path: string) => string[] {
  const known: { method: string; pattern: RegExp }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    // `/*` is for whoever asks for no address in particular.
    if (url.endsWith('*')) return
    for (const one of [method].flat()) known.push({ method: one, pattern: patternOf(url) })
  })
  return (path) => [...new Set(known.flatMap(({ method, pattern }) => (pattern.test(path) ? [method] : [])))]
}

function patternOf(url: string): RegExp {
  const pieces = url.split('/').map((piece) => (piece.startsWith(':') ? '[^/]+' : escapeRegExp(piece)))
  return new RegExp(`^${pieces.join('/')}$`)
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
