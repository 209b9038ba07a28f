import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import fp from 'fastify-plugin'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** One packet takes as long whatever is in it. */
const WORTH_BYTES = 1_400
/** Better takes many times as long. */
const BROTLI_QUALITY = 4
const GZIP_LEVEL = 5

type Encoding = 'br' | 'gzip'
const packed: Record<Encoding, (text: string) => Promise<Buffer>> = {
  br: (text) =>
    promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (text) => promisify(gzip)(text, { level: GZIP_LEVEL }),
}

/**
 * Compresses what is read as JSON, for whoever takes it so: a page of a list is a quarter of a second on a slow line. What
 * changes something is answered as it is, since only there is a secret in an answer, and so is what another site made a
 * browser ask for (docs/security.md). A file is a stream and passes by; what has an ETag stays the bytes that it names.
 */
export const compression = fp(
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('onSend', async (request, reply, payload) => {
      if (typeof payload !== 'string' || payload.length < WORTH_BYTES || !isReadHere(request, reply))
        return payload
      addVary(reply)
      const encoding = takenEncoding(request.headers['accept-encoding'])
      if (encoding === null) return payload
      void reply.header('content-encoding', encoding).removeHeader('content-length')
      return packed[encoding](payload)
    })
  },
  { name: 'compression' },
)

function isReadHere({ method, headers }: FastifyRequest, reply: FastifyReply): boolean {
  const site = headers['sec-fetch-site']
  return (
    (method === 'GET' || method === 'HEAD') &&
    (site === undefined || site === 'same-origin' || site === 'none') &&
    /^application\/json\b/.test(String(reply.getHeader('content-type'))) &&
    !reply.hasHeader('etag') &&
    !reply.hasHeader('content-encoding')
  )
}

function addVary(reply: FastifyReply): void {
  const others = reply.getHeader('vary')
  void reply.header('vary', others === undefined ? 'accept-encoding' : `${String(others)}, accept-encoding`)
}

/** The better one of those somebody takes; what has the weight 0 is refused. */
export function takenEncoding(accepted: string | string[] | undefined): Encoding | null {
  const taken = new Set(
    String(accepted ?? '')
      .toLowerCase()
      .split(',')
      .map((one) => one.split(';').map((part) => part.trim()))
      .filter(([, ...weights]) => !weights.some((weight) => /^q=0(\.0*)?$/.test(weight)))
      .map(([name]) => name),
  )
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : null
}
