import fp from 'fastify-plugin'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Problem } from '../../contract/api/common.ts'
import { NoRule } from '../../domain/escalation/policy.ts'
import { PasswordsBusy } from '../../services/access/passwords.ts'
import { errorCode, isUnavailable } from '../../db/transient-errors.ts'
import { UnreadableObligation } from '../../services/obligations/facts.ts'
import { DecryptionFailed } from '../../services/vault/encryption.ts'
import { ApiError } from '../http/errors.ts'
import { noRule } from '../http/no-rule.ts'
import { HSTS } from './headers.ts'
import { methodsOf } from './methods.ts'
import { fieldFaults, MOST_FAULTS } from './field-faults.ts'
import { logRefusal } from './refusal-log.ts'
import { REFUSED_BODIES, TOO_LARGE } from './refused-bodies.ts'

const TITLES: Record<number, string> = {
  400: '请求有误',
  401: '需要登录',
  403: '没有权限',
  404: '没有找到',
  405: '不支持的方法',
  409: '现在不能这样做',
  412: '内容已被更新',
  413: '内容过大',
  414: '地址过长',
  415: '内容类型不支持',
  422: '内容不合要求',
  429: '请求过于频繁',
  503: '暂时不可用',
}

/** What row-level security says of a write beyond the scope. */
const BEYOND_SCOPE = '42501'
/** character_not_in_repertoire, untranslatable_character. */
const UNTEXTUAL = new Set(['22021', '22P05'])

/** What the parser of uploads says of a form without a boundary or cut off; its errors carry no code. */
const BROKEN_FORM = /^(Multipart: Boundary not found|Unexpected end of multipart data|Part terminated early)/

type ProblemOptions = {
  /** Answers a browser at an address that is none of ours. Programs get problem+json there too. */
  lost: (reply: FastifyReply, refusal: ApiError) => FastifyReply
}

/**
 * Every refusal and fault becomes RFC 9457 problem+json here, and nowhere else. No stack, no SQL, no personal data.
 */
export const problems = fp(
  async (app: FastifyInstance, { lost }: ProblemOptions): Promise<void> => {
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const refusal = answerTo(error, request)
      return request.is404 && readsPages(request) ? lost(reply, refusal) : send(request, reply, refusal)
    })
    app.addHook('onError', async (request, _reply, error) => {
      const refusal = toApiError(error)
      if (refusal.status < 500) logRefusal(request, refusal)
    })
    const methods = methodsOf(app)
    app.setNotFoundHandler((request) => {
      throw noRoute(request, methods(request.url.split('?')[0] ?? ''))
    })
  },
  { name: 'problems' },
)

/** Of an address that cannot be decoded, or of an id longer than any: nobody's route, so no hook of ours runs. */
export function badAddress(
  https: boolean,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void reply.headers({
    ...(https ? { 'strict-transport-security': HSTS } : {}),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  })
  const status = error.statusCode === 414 ? 414 : 400
  const refusal = new ApiError(status, 'bad-address', '地址写得不对:有不能解读的字符,或编号过长。')
  const { ip, log, method } = request
  logRefusal({ ip, log, method }, refusal)
  send(request, reply, refusal)
}

/** Browsers ask for pages by name; nothing else does. */
function readsPages({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') ?? false
}

function noRoute({ method }: FastifyRequest, others: string[]): ApiError {
  if (others.length === 0) return new ApiError(404, 'no-route', '没有这个地址。接口清单见 /docs。')
  const allow = others.join(', ')
  return new ApiError(
    405,
    'no-method',
    `这个地址不接受 ${method},只接受 ${allow}。`,
    [],
    { allow },
    { method, allow },
  )
}

/** For whoever answers: what an error means to the caller. Of a fault of ours the log hears here, and so once. */
function answerTo(error: FastifyError, request: FastifyRequest): ApiError {
  const answer = toApiError(error)
  if (answer.status >= 500 && !(error instanceof ApiError))
    request.log.error(
      {
        code: errorCode(error),
        route: request.routeOptions.url,
        ...(error instanceof DecryptionFailed && { where: error.where }),
        ...(error instanceof UnreadableObligation && { obligation: error.obligation, column: error.column }),
      },
      'a request failed',
    )
  return answer
}

/** What any error means to the caller; what is no refusal is a fault of ours. */
export function toApiError(error: FastifyError): ApiError {
  if (error instanceof ApiError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const place = error.validationContext ?? 'body'
    const faults = error.validation.flatMap((invalid) => fieldFaults(place, invalid))
    const status = place === 'body' ? 422 : 400
    const which =
      faults.length > MOST_FAULTS ? `所列的逐项修改(只列出前 ${MOST_FAULTS} 处)` : '所列的逐项修改'
    return new ApiError(status, 'invalid', `有的内容不合要求,请按${which}。`, faults.slice(0, MOST_FAULTS))
  }
  // NUL and lone surrogates pass JSON and addresses, but are no text to the database.
  if (UNTEXTUAL.has(String(error.code)))
    return new ApiError(422, 'bad-text', '内容中有不能保存的字符(如空字符),请删去后再试。')
  if (BROKEN_FORM.test(error.message))
    return new ApiError(400, 'bad-form', 'multipart 内容不完整,请重新上传。')
  if (error.code === BEYOND_SCOPE) return new ApiError(403, 'beyond-scope', '这不在您单位的范围内。')
  if (error instanceof PasswordsBusy)
    return new ApiError(503, 'sign-in-busy', '现在登录的人太多,请过几秒再试。', [], {
      'retry-after': String(error.retryAfterS),
    })
  if (error instanceof DecryptionFailed) return decryptionFailed()
  if (error instanceof NoRule) return noRule(error)
  const ofBody = REFUSED_BODIES[error.code]
  if (ofBody) return new ApiError(...ofBody)
  const status = error.statusCode ?? 500
  if (status === TOO_LARGE[0]) return new ApiError(...TOO_LARGE)
  if (status < 500) return new ApiError(status, 'bad-request', '请求的格式有误,请检查内容类型和长度。')
  return fault(error)
}

/** What went wrong inside: the log gets a code and the request id, the caller learns that it was not their doing. */
function fault(error: FastifyError): ApiError {
  if (isUnavailable(error))
    return new ApiError(503, 'database-away', '数据库暂时连不上,请稍后再试。', [], { 'retry-after': '5' })
  return new ApiError(500, 'internal', '服务内部出错。请稍后再试;若仍出错,请把 requestId 告诉管理员。')
}

/**
 * Not the caller's doing, and nothing of it is shown: perhaps it is another household's. The code keeps its old word,
 * since clients match it.
 */
function decryptionFailed(): ApiError {
  return new ApiError(
    500,
    'seal-broken',
    '这里的加密内容被人改动过,或是从别处搬来的,不能显示。请告诉管理员:在服务器上执行 npm run duban -- audit verify,并从备份中恢复。',
  )
}

function send(request: FastifyRequest, reply: FastifyReply, error: ApiError): FastifyReply {
  const body: Problem = {
    type: `urn:duban:problem:${error.code}`,
    title: TITLES[error.status] ?? '出错了',
    status: error.status,
    detail: error.detail,
    requestId: request.id,
    ...(Object.keys(error.params).length > 0 ? { params: error.params } : {}),
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
  }
  return reply
    .code(error.status)
    .headers(error.headers)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body)
}
