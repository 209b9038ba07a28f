import { Html, html, type HtmlValue } from './html.ts'
import { STYLE } from './style.ts'

export { html, Html, escapeHtml } from './html.ts'

/**
 * Content-Security-Policy of the server-rendered pages: no script at all, nothing from elsewhere. Inline style stays
 * allowed because mails, shown in a sandboxed frame that inherits this policy, carry theirs inline.
 */
export const PAGE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

export type PageOptions = {
  title: string
  body: HtmlValue
  /** Which link of the top line this page is. */
  here?: string
  links?: readonly { href: string; label: string }[]
  /** A line under the top, such as the notice of the trial mode. */
  banner?: string
  /** Seconds after which the page fetches itself again, without a script. */
  refresh?: number
}

const LINKS = [
  { href: '/', label: '概况' },
  { href: '/inbox', label: '试用邮箱' },
  { href: '/docs', label: '接口文档' },
]

/** A whole page in the one look all server-rendered pages share. */
export function page({ title, body, here, links = LINKS, banner, refresh }: PageOptions): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        ${refresh ? html`<meta http-equiv="refresh" content="${refresh}" />` : null}
        <link rel="icon" href="data:," />
        <title>${title} · 督办</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <header class="top">
          <b>督办</b>
          <nav>${links.map((l) => link(l, here))}</nav>
        </header>
        ${banner ? html`<div class="banner" role="note">${banner}</div>` : null}
        <main>${body}</main>
      </body>
    </html>`.markup
}

function link({ href, label }: { href: string; label: string }, here?: string): Html {
  return html`<a href="${href}" ${href === here ? html`aria-current="page"` : null}>${label}</a>`
}
