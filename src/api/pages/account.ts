import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { beginTotp, changeOwnPassword, confirmOwnTotp, removeOwnTotp } from '../../access/own-account.ts'
import { accountOf } from '../../db/credential-store.ts'
import { allOffices } from '../../db/office-store.ts'
import { endSession, listSessions } from '../../db/session-store.ts'
import { PERMISSIONS } from '../../domain/access.ts'
import { ROLE_LABELS } from '../../domain/words.ts'
import type { ApiDeps } from '../deps.ts'
import { ownOf } from '../own.ts'
import { actorOf } from '../plugins/auth.ts'
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
    const why = await changeOwnPassword(deps, ownOf(request), { current, next })
    const words = why ?? '密码已修改;其他设备上的登录已全部结束。'
    return answer(request, reply, { good: why === null, words })
  })

  app.post<{ Params: { session: string } }>('/account/sessions/:session/end', own, async (request, reply) => {
    const ended = await endSession(deps.gate, ownOf(request).person, request.params.session)
    return answer(request, reply, { good: ended, words: ended ? '已结束那次登录。' : '那次登录已经结束。' })
  })

  app.post('/account/totp', own, async (request, reply) => {
    const begun = await beginTotp(deps, ownOf(request))
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
    const good = await removeOwnTotp(deps, ownOf(request), request.body.password ?? '')
    return answer(request, reply, { good, words: good ? '两步验证已关闭。' : '密码不对,没有关闭。' })
  })
}

async function view(
  request: FastifyRequest,
  { gate, wallNow }: ApiDeps,
  said: Said,
  enrolling: AccountView['enrolling'],
): Promise<AccountView> {
  const { id, name, holdings, permissions, sessionId } = actorOf(request)
  const offices = new Map((await allOffices(request.db)).map((o) => [o.code, o.name]))
  return {
    name,
    roles: holdings.map(
      (h) => `${offices.get(h.office) ?? h.office} ${ROLE_LABELS[h.role]}${h.behalf ? '(代理)' : ''}`,
    ),
    permissions: [...permissions].map((p) => PERMISSIONS[p]),
    sessions: await listSessions(gate, id, wallNow()),
    current: sessionId,
    secondFactor: ((await accountOf(gate, id))?.totpConfirmedWall ?? null) !== null,
    enrolling,
    said,
  }
}
