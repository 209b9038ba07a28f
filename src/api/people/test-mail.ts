import type { FastifyRequest } from 'fastify'
import { sendTestMail, type TestMail } from '../../services/access/test-mail.ts'
import { countiesWhere } from '../../domain/people/permissions.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { accountsTransaction } from '../plugins/scope.ts'
import { readAccount } from './accounts.ts'

/** Sends a test mail to somebody of the actor's counties, and leaves a line in the trail. @throws ApiError 404, 409 */
export async function mailTest(request: FastifyRequest, deps: ApiDeps, id: string): Promise<TestMail> {
  const account = await readAccount(request, deps, id)
  if (!account.active) throw new ApiError(409, 'not-now', `${account.name}的账号已停用,不再收邮件。`)
  const sent = await sendTestMail(deps, account, asOfOf(request).now)
  await accountsTransaction(
    request,
    deps,
    countiesWhere(actorOf(request), 'users:manage'),
    async (_tx, note) => {
      note.subject = account.id
      note.detail = { fate: sent.fate }
    },
  )
  return sent
}
