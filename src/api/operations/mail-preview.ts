import type { FastifyReply } from 'fastify'
import { ApiError } from '../http/errors.ts'

/**
 * A mail's own page, for a frame of ours: no script, no form, nothing from elsewhere. Since nothing of it runs, its origin may be ours,
 * so that the page around it reads how high it is. Mails have styles inline.
 */
const PREVIEW_CSP =
  "default-src 'none'; object-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"

/** Sends the HTML of a mail as it was written; its links open in a new tab. @throws ApiError 404 for a mail without HTML */
export function sendPreview(reply: FastifyReply, html: string): FastifyReply {
  if (html === '') throw new ApiError(404, 'not-found', '这封邮件没有网页正文,请看纯文本。')
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', PREVIEW_CSP)
    .header('x-frame-options', 'SAMEORIGIN')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .serializer(String)
    .send(inNewTab(html))
}

/** The target stands in the head: what comes before a doctype puts a browser into its old mode. */
function inNewTab(html: string): string {
  const target = '<base target="_blank">'
  const head = /<head[^>]*>/i.exec(html)
  if (!head) return `${target}${html}`
  const end = head.index + head[0].length
  return `${html.slice(0, end)}${target}${html.slice(end)}`
}
