import type { FastifyReply } from 'fastify'
import type { ApiError } from '../http/errors.ts'
import { PLAIN_CSP, plainPage } from './plain-page.ts'

const TITLES: Record<number, string> = {
  404: '没有这个页面',
  405: '这个地址不能直接打开',
  429: '请求过于频繁',
}
const LOST = '地址可能写错了,或这一页已经不在了。请从督办的首页进入。'
const NOT_A_PAGE = '它是给程序提交内容用的地址,不是页面。'

/** Answers a browser at an address that is none of ours: the same page to everybody, so it tells nothing of anybody. */
export function refusalPage(reply: FastifyReply, { status, code, detail, headers }: ApiError): FastifyReply {
  const words = code === 'no-route' ? LOST : code === 'no-method' ? NOT_A_PAGE : detail
  return sendPlain(reply.code(status).headers(headers), { title: TITLES[status] ?? '没有完成', words })
}

export function sendPlain(reply: FastifyReply, page: { title: string; words: string }): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({ 'content-security-policy': PLAIN_CSP, 'cache-control': 'no-store' })
    .serializer(String)
    .send(plainPage(page))
}
