import { allOf, idParams, problems, secured } from '../../contract/api/common.ts'
import { changedUser, newUser, user, userAction } from '../../contract/api/users.ts'
import { addAccount, changeAccount, readAccount, readAccounts } from './accounts.ts'
import type { ApiDeps } from '../http/deps.ts'
import { asOfOf } from '../plugins/actor.ts'
import { tagWith } from '../plugins/version.ts'
import type { Routes } from '../http/route-types.ts'

const tags = ['人员账号']
const config = { permission: 'users:manage' } as const

/** Accounts and roles, kept by a county's administrators, who cannot change their own. */
export function userRoutes(app: Routes, deps: ApiDeps): void {
  app.get(
    '/users',
    {
      config,
      schema: {
        tags,
        operationId: 'listUsers',
        summary: '账号',
        ...secured,
        response: { 200: allOf(user), ...problems },
      },
    },
    async (request) => ({ items: await readAccounts(request, deps), nextCursor: null }),
  )

  app.get(
    '/users/:id',
    {
      config,
      schema: {
        tags,
        operationId: 'getUser',
        summary: '一个账号',
        ...secured,
        params: idParams,
        response: { 200: user, ...problems },
      },
    },
    async (request, reply) => {
      // The tag is for If-Match only: changes by others (a second factor removed, a substitute absent) show here
      // without a new version.
      const one = await readAccount(request, deps, request.params.id)
      tagWith(request, reply, one.version, asOfOf(request).now)
      return one
    },
  )

  app.post(
    '/users',
    {
      config,
      schema: {
        tags,
        operationId: 'createUser',
        summary: '新建账号',
        description: '设置首个密码的链接发到本人邮箱,不在应答中。',
        ...secured,
        body: newUser,
        response: { 201: changedUser, ...problems },
      },
    },
    async (request, reply) => {
      const made = await addAccount(request, deps, request.body)
      return reply.code(201).header('location', `/v1/users/${made.id}`).send(made)
    },
  )

  app.post(
    '/users/:id/actions',
    {
      config,
      schema: {
        tags,
        operationId: 'actOnUser',
        summary: '改角色、停用、启用或重设',
        description: '管理员不能改自己的账号,也不能让本县没有管理员,或提前没有。',
        ...secured,
        params: idParams,
        body: userAction,
        response: { 200: changedUser, ...problems },
      },
    },
    async (request, reply) => {
      const changed = await changeAccount(request, deps, request.params.id, request.body)
      tagWith(request, reply, changed.version, asOfOf(request).now)
      return changed
    },
  )
}
