import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  beginTotp,
  changeOwnPassword,
  confirmOwnTotp,
  endOwnSession,
  removeOwnTotp,
} from '../../access/own-account.ts'
import { accountOf } from '../../db/credential-store.ts'
import { allOffices } from '../../db/office-store.ts'
import { listSessions } from '../../db/session-store.ts'
import { PERMISSIONS } from '../../domain/access.ts'
import { ROLE_LABELS } from '../../domain/words.ts'
import type { ApiDeps } from '../deps.ts'
import { ownOf } from '../own.ts'
import { actorOf } from '../plugins/auth.ts'
import { setSessionCookie } from '../session-cookie.ts'
import { accountPage, type AccountView } from './account-view.ts'
import { send } from './send.ts'

type Form = Record<string, string | undefined>
type Said = AccountView['said']
const own = { schema: { hide: true }, config: { permission: 'self', sensitive: true } } as const

/** One's own page: roles, sessions, password, second factor. */
export function accountPages(app: FastifyInstance, deps: ApiDeps): void {
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    said: Said = null,
    enrolling: AccountView['enrolling'] = null,
  ) =>
    send(reply.code(said && !said.good ? 422 : 200), accountPage(await view(request, deps, said, enrolling)))

  app.get('/account', own, (request, reply) => answer(request, reply))

  app.post<{ Body: Form }>('/account/password', own, async (request, reply) => {
    const { current = '', next = '' } = request.body
    const changed = await changeOwnPassword(deps, ownOf(request), { current, next })
    if ('why' in changed) return answer(request, reply, { good: false, words: changed.why })
    setSessionCookie(reply, changed.token)
    return answer(request, reply, { good: true, words: '密码已修改;其他设备上的登录已全部结束。' })
  })

  app.post<{ Params: { session: string } }>('/account/sessions/:session/end', own, async (request, reply) => {
    const ended = await endOwnSession(deps, ownOf(request), request.params.session)
    return answer(request, reply, { good: ended, words: ended ? '已结束那次登录。' : '那次登录已经结束。' })
  })

  app.post<{ Body: Form }>('/account/totp', own, async (request, reply) => {
    const begun = await beginTotp(deps, ownOf(request), request.body.password ?? '')
    if (begun && 'why' in begun) return answer(request, reply, { good: false, words: begun.why })
    return answer(request, reply, begun ? null : { good: false, words: '两步验证已经开启。' }, begun)
  })

  app.post<{ Body: Form }>('/account/totp/confirm', own, async (request, reply) => {
    const good = await confirmOwnTotp(deps, ownOf(request), request.body.code ?? '')
    return answer(request, reply, {
      good,
      words: good ? '两步验证已开启。' : '动态口令不对,没有开启。请重新开始。',
    })
  })

  app.post<{ Body: Form }>('/account/totp/remove', own, async (request, reply) => {
    const fault = await removeOwnTotp(deps, ownOf(request), request.body.password ?? '')
    const words = fault ? `${fault.why}两步验证没有关闭。` : '两步验证已关闭。'
    return answer(request, reply, { good: fault === null, words })
  })
}

async function view(
  request: FastifyRequest,
  { gate, wallNow }: ApiDeps,
  said: Said,
  enrolling: AccountView['enrolling'],
): Promise<AccountView> {
  const { id, name, holdings, permissions, sessionId } = actorOf(request)
  const account = await accountOf(gate, id)
  const offices = new Map((await allOffices(request.db)).map((o) => [o.code, o.name]))
  return {
    name,
    roles: holdings.map(
      (h) => `${offices.get(h.office) ?? h.office} ${ROLE_LABELS[h.role]}${h.behalf ? '(代理)' : ''}`,
    ),
    permissions: [...permissions].map((p) => PERMISSIONS[p]),
    sessions: await listSessions(gate, id, wallNow()),
    current: sessionId,
    hasPassword: (account?.passwordHash ?? null) !== null,
    secondFactor: (account?.totpConfirmedWall ?? null) !== null,
    enrolling,
    said,
  }
}
