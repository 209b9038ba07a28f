import type { FastifyReply, FastifyRequest } from 'fastify'
import { newUser, userAction } from '../../contract/api/users.ts'
import { allOffices } from '../../db/office-store.ts'
import { type Changed, addAccount, changeAccount, readAccounts } from '../accounts.ts'
import type { ApiDeps } from '../deps.ts'
import { ApiError } from '../errors.ts'
import { actorOf } from '../plugins/auth.ts'
import type { Routes } from '../routes/types.ts'
import { accountActionForm, newAccountForm } from './forms.ts'
import { send } from './send.ts'
import { usersPage, type UsersView } from './users-view.ts'

const config = { permission: 'users:manage' } as const
const hide = true
const UNFIT = '有的内容没有填对:请核对邮箱、单位、角色和日期。'

/** Accounts for the administrator, as the API keeps them. */
export function userPages(app: Routes, deps: ApiDeps): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply, said: UsersView['said'] = null) => {
    const users = await readAccounts(request, deps)
    const view = { users, offices: await allOffices(request.db), self: actorOf(request).id, said }
    return send(reply.code(said && !said.good ? 422 : 200), usersPage(view))
  }
  const tell = async (request: FastifyRequest, reply: FastifyReply, work: Promise<Changed> | null) =>
    answer(request, reply, work === null ? { good: false, words: UNFIT } : await outcome(work))

  app.get('/users', { config, schema: { hide } }, (request, reply) => answer(request, reply))

  app.post('/users', { config, schema: { hide, body: newAccountForm } }, (request, reply) => {
    const { success, data } = newUser.safeParse(request.body)
    return tell(request, reply, success ? addAccount(request, deps, data) : null)
  })

  app.post('/users/actions', { config, schema: { hide, body: accountActionForm } }, (request, reply) => {
    const { person, ...wanted } = request.body
    const { success, data } = userAction.safeParse(fieldsOf(wanted))
    return tell(request, reply, success ? changeAccount(request, deps, person, data) : null)
  })
}

/** Only a grant has a term; the rest of what a form left empty says nothing. */
function fieldsOf(form: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).flatMap(([name, text]) => (text ? [[name, text]] : [])))
}

/** What does not fit or not now is said on the page; what is not theirs is refused as anywhere, and stands in the trail. */
async function outcome(work: Promise<Changed>): Promise<{ good: boolean; words: string }> {
  try {
    const { name, linkMailed } = await work
    if (linkMailed === false)
      return { good: false, words: `${name}:已保存,但邮件服务器没有收下链接,请稍后再点“重设密码”。` }
    return { good: true, words: linkMailed ? `${name}:链接已发到本人邮箱。` : `${name}:已保存。` }
  } catch (error) {
    if (error instanceof ApiError && [409, 422].includes(error.status))
      return { good: false, words: error.detail }
    throw error
  }
}
