import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  beginTotp,
  changeOwnPassword,
  confirmOwnTotp,
  endSessionsElsewhere,
  removeOwnTotp,
  totpBegun,
} from '../../services/access/own-account.ts'
import { permissionsAwaitingSecondFactor } from '../../services/access/second-factor.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { accountOf } from '../../services/access/credentials.ts'
import { allOffices } from '../../services/people/offices.ts'
import type { Sql } from '../../db/pool.ts'
import { listSessions } from '../../services/access/sessions.ts'
import { PERMISSIONS } from '../../domain/people/permissions.ts'
import { isBarred } from '../../domain/people/absence.ts'
import { beijingSeconds, dayOf } from '../../domain/time/days.ts'
import { ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { endAbsenceOf, enterAbsenceOf } from '../people/absences.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ownOf } from '../session/own-account.ts'
import { type Person, readPeople } from '../people/people.ts'
import { actorOf } from '../plugins/actor.ts'
import { setSessionCookie } from '../session/session-cookie.ts'
import { accountPage, type AccountView } from './account-view.ts'
import type { Routes } from '../http/route-types.ts'
import { absenceForm, confirmTotpForm, emptyForm, endSessionForm, passwordForm, proofForm } from './forms.ts'
import { send } from './send.ts'

type Said = AccountView['said']
const config = { permission: 'self', sensitive: true } as const
const hide = true

/** One's own page: roles, sessions, password, second factor. */
export function accountPages(app: Routes, deps: ApiDeps): void {
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    said: Said = null,
    enrolling: AccountView['enrolling'] = null,
  ) =>
    send(
      reply.code(said && !said.good ? 422 : 200),
      accountPage(await readAccountView(request, deps, said, enrolling)),
    )
  const done = (words: string): Said => ({ good: true, words })
  const wrong = (words: string): Said => ({ good: false, words })

  app.get('/account', { config, schema: { hide } }, (request, reply) => answer(request, reply))

  app.post('/account/password', { config, schema: { hide, body: passwordForm } }, async (request, reply) => {
    const { current, next, code } = request.body
    const changed = await changeOwnPassword(deps, ownOf(request), { password: current, next, code })
    if ('why' in changed) return answer(request, reply, wrong(changed.why))
    setSessionCookie(reply, changed.token)
    return answer(request, reply, done('密码已修改;其他设备上的登录已全部结束。'))
  })

  app.post(
    '/account/sessions/end',
    { config, schema: { hide, body: endSessionForm } },
    async (request, reply) => {
      const { session, ...proof } = request.body
      const which = session === '' ? 'others' : { session }
      const ended = await endSessionsElsewhere(deps, ownOf(request), which, proof)
      if (!ended) return answer(request, reply, wrong('没有可以结束的登录:可能已经结束了。'))
      if ('why' in ended) return answer(request, reply, wrong(`${ended.why}登录没有结束。`))
      setSessionCookie(reply, ended.token)
      return answer(request, reply, done(session === '' ? '其他登录已全部结束。' : '那次登录已结束。'))
    },
  )

  app.post('/account/absence', { config, schema: { hide, body: absenceForm } }, async (request, reply) => {
    const fault = await enterAbsenceOf(request, ownOf(request).person, request.body)
    return answer(request, reply, fault ? wrong(fault.why) : done('离岗已登记。'))
  })

  app.post('/account/absence/end', { config, schema: { hide, body: emptyForm } }, async (request, reply) => {
    const was = await endAbsenceOf(request, ownOf(request).person)
    return answer(request, reply, was ? done('已返岗,代理已结束。') : wrong('没有登记离岗,不用撤销。'))
  })

  app.post('/account/totp', { config, schema: { hide, body: proofForm } }, async (request, reply) => {
    const begun = await beginTotp(deps, ownOf(request), request.body)
    if (!begun) return answer(request, reply, wrong(ALREADY_ON))
    if ('why' in begun) return answer(request, reply, wrong(begun.why))
    const { token, ...enrolling } = begun
    setSessionCookie(reply, token)
    return answer(request, reply, null, enrolling)
  })

  app.post(
    '/account/totp/confirm',
    { config, schema: { hide, body: confirmTotpForm } },
    async (request, reply) => {
      const { code, secret } = request.body
      const confirmed = await confirmOwnTotp(deps, ownOf(request), code)
      if (!confirmed) {
        // The form was sent twice, or its answer was reloaded.
        if (await hasSecondFactor(deps, ownOf(request).person))
          return answer(request, reply, done(ALREADY_ON))
        const begun = await totpBegun(deps, ownOf(request), secret)
        return answer(request, reply, wrong(begun ? wrongCode(deps) : NOTHING_BEGUN), begun)
      }
      setSessionCookie(reply, confirmed.token)
      return answer(request, reply, done('两步验证已开启;其他设备上的登录已全部结束。'))
    },
  )

  app.post('/account/totp/remove', { config, schema: { hide, body: proofForm } }, async (request, reply) => {
    const removed = await removeOwnTotp(deps, ownOf(request), request.body)
    if ('why' in removed) return answer(request, reply, wrong(`${removed.why}两步验证没有关闭。`))
    setSessionCookie(reply, removed.token)
    return answer(request, reply, done('两步验证已关闭;其他设备上的登录已全部结束。'))
  })
}

const ALREADY_ON = '两步验证已经开启。'
const NOTHING_BEGUN = '没有开启:这一次设置已经失效。请重新开始,并删去应用里原来添加的账号。'

/** A wrong clock causes most wrong codes, so the page shows our time for comparison. */
function wrongCode({ wallNow }: ApiDeps): string {
  return `动态口令不对,还没有开启;密钥没有变,不用重新添加。请填应用里“督办”现在显示的 6 位数字。手机的时间要准,差半分钟以上口令就不对:现在是北京时间 ${beijingSeconds(wallNow())},不一致的请在手机上打开“自动设置时间”。`
}

async function hasSecondFactor({ gate }: Pick<ApiDeps, 'gate'>, person: string): Promise<boolean> {
  return ((await accountOf(gate, person))?.totpConfirmedWall ?? null) !== null
}

async function readAccountView(
  request: FastifyRequest,
  { gate, wallNow }: ApiDeps,
  said: Said,
  enrolling: AccountView['enrolling'],
): Promise<AccountView> {
  const actor = actorOf(request)
  const { id, name, heldRoles, permissions, sessionId } = actor
  const account = await accountOf(gate, id)
  const secondFactor = (account?.totpConfirmedWall ?? null) !== null
  const offices = new Map((await allOffices(request.db)).map((o) => [o.code, o.name]))
  return {
    name,
    roles: heldRoles.map(
      (h) => `${offices.get(h.office) ?? h.office} ${ROLE_LABELS[h.role]}${h.onBehalfOf ? '(代理)' : ''}`,
    ),
    permissions: [...permissions].map((p) => PERMISSIONS[p]),
    sessions: await listSessions(gate, id, wallNow()),
    current: sessionId,
    hasPassword: (account?.passwordHash ?? null) !== null,
    secondFactor,
    secondFactorAwaited: !secondFactor && permissionsAwaitingSecondFactor(actor).size > 0,
    enrolling,
    absence: await absenceOf(request.db, id),
    said,
  }
}

const rolesOf = ({ roles }: Person) => roles.map((r) => r.role)

async function absenceOf(db: Sql, id: string): Promise<AccountView['absence']> {
  const people = await readPeople(db)
  const own = people.find((p) => p.id === id)
  if (!own) return null
  const colleagues = people.filter((p) => p.active && p.id !== id && !isBarred(rolesOf(p), rolesOf(own)))
  return { entered: own.absence, colleagues, today: dayOf(await businessNow(db)) }
}
