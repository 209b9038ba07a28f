import { openAccount } from '../../services/access/accounts.ts'
import { changeContact } from '../../services/access/contact.ts'
import { linkUrl, makeLink } from '../../services/access/secret-links.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { counties, type County } from '../../services/people/offices.ts'
import { listUsers, type User } from '../../services/people/users.ts'
import { beijingText } from '../../domain/time/days.ts'
import { inTransaction, type Pool, type Sql } from '../../db/pool.ts'
import { commandLine } from '../cli/called-as.ts'
import { CliError } from '../cli/cli-error.ts'

/** What a county of one's own still needs. `link`: once for the first administrator; null when somebody has a password. */
export type FirstSteps = {
  county: County
  administrator: string
  link: { url: string; until: string } | null
}

/** Nobody owns this address: whoever wants mail names their own. */
export const DEFAULT_ADMINISTRATOR = 'admin@duban.example'
const NAME = '系统管理员'

/**
 * Makes the first administrator, and each time a fresh link until a password is set. Until then another address moves the
 * account there.
 * @param email null where none was named
 * @returns null once somebody has a password and the mail is open
 * @throws AccountRefusal when the address is none
 * @throws CliError when it is nobody's and an administrator has a password
 */
export function firstSteps(
  owner: Pool,
  dashboardUrl: string,
  email: string | null,
): Promise<FirstSteps | null> {
  return inTransaction(owner, async (tx) => {
    const [county] = await counties(tx)
    if (!county) return null
    const administrators = (await listUsers(tx, [county.office])).filter(isAdministrator)
    const named = administrators.find((user) => email === null || isAt(user, email))
    const settled = administrators.find(({ hasPassword }) => hasPassword)
    if (settled && !named) throw notChanged(settled.email)
    if (settled && county.mailState !== 'preparing') return null
    if (settled) return { county, administrator: settled.email, link: null }
    const { person, address } = await firstAdministrator(tx, county, named ?? administrators[0], email)
    const { token, expiresWall } = await makeLink(tx, person, 'first-password', Date.now())
    const link = { url: linkUrl(dashboardUrl, token), until: beijingText(expiresWall) }
    return { county, administrator: address, link }
  })
}

function isAt(user: User, email: string): boolean {
  return user.email.toLowerCase() === email.toLowerCase()
}

function notChanged(email: string): CliError {
  return new CliError(
    `管理员 ${email} 已设了密码,--admin 不能再换:请去掉 --admin 启动;改邮箱用 ${commandLine('user contact')},加管理员用 ${commandLine('user add')}。`,
  )
}

/** Nobody has signed in yet: whoever starts the county may still say where its administrator is reached. */
async function firstAdministrator(
  tx: Sql,
  { office }: County,
  known: User | undefined,
  email: string | null,
): Promise<{ person: string; address: string }> {
  if (!known) {
    const address = email ?? DEFAULT_ADMINISTRATOR
    return { person: await addAdministrator(tx, office, address), address }
  }
  if (email === null || isAt(known, email)) return { person: known.id, address: known.email }
  const fields = await changeContact(tx, known, { email }, Date.now())
  await addOwnerEvent(tx, { county: office, action: 'user.contact', subject: known.id, detail: { fields } })
  return { person: known.id, address: email }
}

function isAdministrator({ active, roles }: User): boolean {
  return active && roles.some(({ role }) => role === 'administrator')
}

async function addAdministrator(tx: Sql, office: string, email: string): Promise<string> {
  const role = 'administrator'
  const subject = await openAccount(tx, { name: NAME, email, office, role })
  await addOwnerEvent(tx, { county: office, action: 'user.add', subject, detail: { office, role } })
  return subject
}

type OwnerEvent = { county: string; action: string; subject: string; detail: Record<string, unknown> }

async function addOwnerEvent(tx: Sql, event: OwnerEvent): Promise<void> {
  await addAuditEvent(tx, { ...event, atWall: Date.now(), actor: 'owner', outcome: 'done' })
}
