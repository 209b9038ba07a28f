import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiError } from '../http/errors.ts'
import { html, type PageOptions } from './shell.ts'
import { send } from './send.ts'

/** Our own pages cause this only when one stood open while a new release came. */
const NOT_OURS = '提交的内容和这个页面对不上,没有执行。请刷新原来的页面再试。'

/** A refusal as a page: what is wrong, and where to go on. */
export function refusalPage(reply: FastifyReply, refusal: ApiError): FastifyReply {
  const { status, code, detail, headers } = refusal
  const form = code === 'no-method' ? formPage(reply.request) : null
  if (form !== null) return send(reply.code(status).headers(headers), formAddress(form))
  const title = status === 404 ? '没有这个页面' : status === 403 ? '没有权限' : '没有完成'
  const body = html`<h1>${title}</h1>
    <p>${code === 'invalid' ? NOT_OURS : detail}</p>
    <p>
      ${code === 'second-factor-needed' ? html`<a href="/account">去开启两步验证</a>` : html`<a href="/">回到概况</a>`}
    </p>`
  return send(reply.code(status).headers(headers), { title, body })
}

/** Somebody opened the address of a form, for example by reloading its answer. */
function formAddress(page: string): PageOptions {
  const title = '这是提交表单用的地址'
  const body = html`<h1>${title}</h1>
    <p>它不能直接打开。请回到表单所在的页面再提交。</p>
    <p><a href="${page}">${page === '/' ? '回到概况' : '回到表单所在的页面'}</a></p>`
  return { title, body }
}

/** The page with the form of an address: the nearest one above it; null when it is no form of ours. */
function formPage({ method, url, server }: FastifyRequest): string | null {
  if (method !== 'GET' || url.startsWith('/v1/')) return null
  const pieces = (url.split('?')[0] ?? '').split('/')
  const above = pieces.map((_, n) => pieces.slice(0, pieces.length - 1 - n).join('/'))
  return above.find((path) => server.routeTable.some((r) => r.method === 'GET' && r.url === path)) ?? '/'
}
