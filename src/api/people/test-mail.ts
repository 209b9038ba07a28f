import type { FastifyRequest } from 'fastify'
import { sendTestMail, type TestMail } from '../../services/access/test-mail.ts'
import { countiesWhere, isUnder } from '../../domain/people/permissions.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { accountsTransaction } from '../plugins/scope.ts'
import { readAccount, type Shown } from './accounts.ts'

/**
 * Sends a test mail to somebody of the actor's counties. The trail knows of it before it leaves, and of its fate afterwards.
 * @throws ApiError 404, 409
 */
export async function mailTest(request: FastifyRequest, deps: ApiDeps, id: string): Promise<TestMail> {
  const account = await readAccount(request, deps, id)
  if (!account.active) throw new ApiError(409, 'not-now', `${account.name}的账号已停用,不再收邮件。`)
  await recordTestMail(request, deps, account, {})
  const sent = await sendTestMail(deps, account, asOfOf(request).now)
  await recordTestMail(request, deps, account, { fate: sent.fate })
  return sent
}

function recordTestMail(
  request: FastifyRequest,
  deps: ApiDeps,
  { id, roles }: Pick<Shown, 'id' | 'roles'>,
  detail: { fate?: TestMail['fate'] },
): Promise<void> {
  const counties = countiesWhere(actorOf(request), 'users:manage')
  const county = counties.find((each) => roles.some(({ office }) => isUnder(office, each)))
  return accountsTransaction(request, deps, counties, async (_tx, note) => {
    Object.assign(note, { action: 'user.test-mail', subject: id, county, detail })
  })
}
