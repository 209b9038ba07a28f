import { Html, html, type HtmlValue } from './html.ts'
import { STYLE } from './style.ts'

export { html, Html, escapeHtml } from './html.ts'

export type Link = { href: string; label: string }

/** What a page says of itself; send.ts adds the person and the top line. */
export type PageOptions = {
  title: string
  body: HtmlValue
  /** Which link of the top line this page is. */
  here?: string
  /** Links in place of the usual ones. */
  links?: readonly Link[]
  /** Links beside the usual ones. */
  more?: readonly Link[]
  /** A line under the top, such as the warning of the trial mode. */
  banner?: string
  /** Seconds after which the page reloads itself, without a script. */
  refresh?: number
}

/** The policy's hash is of exactly this text (policy.ts). */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`)

export const HOME: Link = { href: '/', label: '概况' }
export const OBLIGATIONS: Link = { href: '/obligations', label: '督办事项' }
export const INBOX: Link = { href: '/inbox', label: '试用邮箱' }
/** The web app, in which people act; these pages only show. */
export const APP: Link = { href: '/app/obligations', label: '办理' }
export const DOCS: Link = { href: '/docs', label: '接口文档' }

/** A whole page in the look all server-rendered pages share. `who` is absent when nobody is signed in. */
export function page(
  { title, body, here, links = [], more = [], banner, refresh }: PageOptions,
  who?: string | undefined,
): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        ${refresh ? html`<meta http-equiv="refresh" content="${refresh}" />` : null}
        <link rel="icon" href="data:," />
        <title>${title} · 督办</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <header class="top">
          <b>督办</b>
          <nav>${[...links, ...more].map((l) => link(l, here))}</nav>
          ${who === undefined ? null : whoLine(who)}
        </header>
        ${banner ? html`<div class="banner" role="note">${banner}</div>` : null}
        <main>${body}</main>
      </body>
    </html>`.markup
}

/** Signing out changes something, so it is a form and no link. */
function whoLine(who: string): Html {
  return html`<form class="who" method="post" action="/sign-out">
    <a href="/account">${who}</a> <button type="submit">退出</button>
  </form>`
}

function link({ href, label }: Link, here?: string): Html {
  return html`<a href="${href}" ${href === here ? html`aria-current="page"` : null}>${label}</a>`
}
