import { addAccount, changeAccount, readAccount, readAccounts } from './accounts.ts'
import { importPeople } from './import-people.ts'
import { readBeginning } from './beginning.ts'
import type { ApiDeps } from '../http/deps.ts'
import { asOfOf } from '../plugins/actor.ts'
import { tagWith } from '../plugins/version.ts'
import { userDocuments as documents } from '../../contract/routes/users.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

/** Accounts and roles, kept by a county's administrators, who cannot change their own. */
export function userRoutes(app: Routes, deps: ApiDeps): void {
  route(app, documents.listUsers, async (request) => ({
    items: await readAccounts(request, deps),
    nextCursor: null,
  }))

  route(app, documents.getBeginning, async (request) => ({
    items: await readBeginning(request, deps),
    nextCursor: null,
  }))

  route(app, documents.getUser, async (request, reply) => {
    // The tag is for If-Match only: changes by others (a second factor removed, a substitute absent) show here
    // without a new version.
    const one = await readAccount(request, deps, request.params.id)
    tagWith(request, reply, one.version, asOfOf(request).now)
    return one
  })

  route(app, documents.createUser, async (request, reply) => {
    const made = await addAccount(request, deps, request.body)
    return reply.code(201).header('location', `/v1/users/${made.id}`).send(made)
  })

  route(app, documents.importUsers, (request) => importPeople(request, deps))

  route(app, documents.actOnUser, async (request, reply) => {
    const changed = await changeAccount(request, deps, request.params.id, request.body)
    tagWith(request, reply, changed.version, asOfOf(request).now)
    return changed
  })
}
