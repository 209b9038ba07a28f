import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

type ClientError = Error & { code?: string }

const FAULTS: Record<string, { status: number; detail: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: '地址或请求头太长。请少选一些条件,或分几次查。' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: '请求没有在规定时间内传完。请检查网络后再试。' },
}
const UNREADABLE = { status: 400, detail: '这不是一个能读的 HTTP 请求。' }

/** Answers on the connection itself what the HTTP server could not read: no route ever sees it. */
export function answerBrokenRequest({ code = '' }: ClientError, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return
  const { status, detail } = FAULTS[code] ?? UNREADABLE
  const problem = { type: 'urn:duban:problem:invalid', title: '请求有误', status, detail }
  const body = Buffer.from(JSON.stringify(problem))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ]
  if (socket.writable) socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]))
  socket.destroySoon()
}
