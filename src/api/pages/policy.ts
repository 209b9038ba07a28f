import { createHash } from 'node:crypto'
import { STYLE } from './style.ts'

const BASE =
  "default-src 'none'; object-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

/** Content-Security-Policy of the server-rendered pages: no script, our one style, nothing from elsewhere. */
export const PAGE_CSP = `${BASE}; style-src ${STYLE_HASH}`

/** The policy for a page with a mail: the sandboxed frame inherits it, and mails have inline styles. */
export const MAIL_CSP = `${BASE}; style-src 'unsafe-inline'; frame-src 'self'`
