import type { FastifyReply } from 'fastify'
import type { ApiError } from '../errors.ts'
import { html } from './shell.ts'
import { send } from './send.ts'

/** Nobody meets it who uses our own pages as they are, but in one that stood open while a new release came. */
const NOT_OURS = '提交的内容和这个页面对不上,没有执行。请刷新原来的页面再试。'

/** A refusal as a page: what is wrong, and a way on. */
export function refusalPage(reply: FastifyReply, { status, code, detail, headers }: ApiError): FastifyReply {
  const title = status === 404 ? '没有这个页面' : status === 403 ? '没有权限' : '没有完成'
  const body = html`<h1>${title}</h1>
    <p>${code === 'invalid' ? NOT_OURS : detail}</p>
    <p>
      ${code === 'second-factor-needed' ? html`<a href="/account">去开启两步验证</a>` : html`<a href="/">回到概况</a>`}
    </p>`
  return send(reply.code(status).headers(headers), { title, body })
}
