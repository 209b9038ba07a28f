import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { AccountRefusal } from '../../services/access/accounts.ts'
import {
  type AccountAction,
  addColleague,
  administer,
  type Administrator,
  colleague,
  type Done,
  NotForThem,
} from '../../services/access/administering.ts'
import { tellFormerAddress } from '../../services/access/contact.ts'
import { sendLink } from '../../services/access/secret-links.ts'
import type { changedUser, user } from '../../contract/api/users.ts'
import type { Sql } from '../../db/pool.ts'
import { listUsers, type RoleGrant, type User } from '../../services/people/users.ts'
import { countiesWhere } from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { ownOf } from '../session/own-account.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { type AuditNote } from '../plugins/audit-entry.ts'
import { accountsTransaction } from '../plugins/scope.ts'
import { mustBeUnchanged } from '../plugins/version.ts'
import { isoOrNull } from '../obligations/present.ts'

export type Shown = z.infer<typeof user>
export type Changed = z.infer<typeof changedUser>

export const administered = (request: FastifyRequest) => countiesWhere(actorOf(request), 'users:manage')

/** The accounts of the counties that the actor administers. */
export async function readAccounts(request: FastifyRequest, { gate }: ApiDeps): Promise<Shown[]> {
  return (await listUsers(gate, administered(request))).map(showAccount)
}

/** @throws ApiError 404 */
export async function readAccount(request: FastifyRequest, deps: ApiDeps, id: string): Promise<Shown> {
  const found = (await readAccounts(request, deps)).find((u) => u.id === id)
  if (!found) throw notFound('人员')
  return found
}

/** Adds an account. The link for its first password goes to the new address only, and nobody else sees it. */
export function addAccount(
  request: FastifyRequest,
  deps: ApiDeps,
  wanted: RoleGrant & { name: string; email: string },
): Promise<Changed> {
  return changeAndRead(request, deps, async (tx, by) => addColleague(tx, by, wanted))
}

/** @throws ApiError 404, 412 when the account was changed meanwhile, or the reason for a refusal */
export function changeAccount(
  request: FastifyRequest,
  deps: ApiDeps,
  id: string,
  wanted: AccountAction,
): Promise<Changed> {
  return changeAndRead(request, deps, async (tx, by) => {
    const found = await colleague(tx, by, id)
    if (!found) throw notFound('人员')
    await mustBeUnchanged(tx, request, found.version, { kind: 'person', about: id })
    return { id, ...(await administer(tx, by, found, wanted)) }
  })
}

async function changeAndRead(
  request: FastifyRequest,
  deps: ApiDeps,
  work: (tx: Sql, by: Administrator) => Promise<Done & { id: string }>,
): Promise<Changed> {
  const counties = administered(request)
  const { id, link, formerEmail } = await accountsTransaction(request, deps, counties, async (tx, note) => {
    const today = dayOf(asOfOf(request).now)
    const by = { id: ownOf(request).person, counties, wallNow: deps.wallNow(), today }
    const done = await work(tx, by)
    fillNote(note, done)
    return done
  }).catch(apiErrorOf)
  const account = await readAccount(request, deps, id)
  if (formerEmail !== undefined) await tellFormerAddress(deps, account, formerEmail)
  return { ...account, linkMailed: link === null ? null : await sendLink(deps, account, link) }
}

function fillNote(note: AuditNote, { id, deed, detail }: Done & { id: string }): void {
  Object.assign(note, { action: deed, subject: id, detail })
}

function apiErrorOf(error: unknown): never {
  if (error instanceof NotForThem) throw new ApiError(403, 'not-for-you', error.message)
  if (!(error instanceof AccountRefusal)) throw error
  const { field, message } = error
  if (field === null) throw new ApiError(409, 'not-now', message)
  throw new ApiError(422, `bad-${field}`, message, [{ pointer: `/body/${field}`, message }])
}

function showAccount({ id, name, email, active, version, hasPassword, secondFactor, ...u }: User): Shown {
  const lastSignInAt = isoOrNull(u.signedInWall)
  const { phone, quietDays, roles } = u
  const known = { id, name, email, phone, quietDays, active, version }
  return { ...known, hasPassword, secondFactor, lastSignInAt, roles }
}
