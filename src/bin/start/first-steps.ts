import { openAccount } from '../../services/access/accounts.ts'
import { linkUrl, makeLink } from '../../services/access/secret-links.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { counties, type County } from '../../services/people/offices.ts'
import { listUsers, type User } from '../../services/people/users.ts'
import { beijingText } from '../../domain/time/days.ts'
import { inTransaction, type Pool, type Sql } from '../../db/pool.ts'

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
 * Makes the first administrator, and each time a fresh link until a password is set.
 * @returns null once somebody has a password and the mail is open
 * @throws AccountRefusal when the address is none
 */
export function firstSteps(owner: Pool, dashboardUrl: string, email: string): Promise<FirstSteps | null> {
  return inTransaction(owner, async (tx) => {
    const [county] = await counties(tx)
    if (!county) return null
    const administrators = (await listUsers(tx, [county.office])).filter(isAdministrator)
    const settled = administrators.find(({ hasPassword }) => hasPassword)
    if (settled && county.mailState !== 'preparing') return null
    if (settled) return { county, administrator: settled.email, link: null }
    const [known] = administrators
    const person = known?.id ?? (await addAdministrator(tx, county.office, email))
    const { token, expiresWall } = await makeLink(tx, person, 'first-password', Date.now())
    const link = { url: linkUrl(dashboardUrl, token), until: beijingText(expiresWall) }
    return { county, administrator: known?.email ?? email, link }
  })
}

function isAdministrator({ active, roles }: User): boolean {
  return active && roles.some(({ role }) => role === 'administrator')
}

async function addAdministrator(tx: Sql, office: string, email: string): Promise<string> {
  const role = 'administrator'
  const subject = await openAccount(tx, { name: NAME, email, office, role })
  const event = { atWall: Date.now(), county: office, actor: 'owner', action: 'user.add', subject }
  await addAuditEvent(tx, { ...event, outcome: 'done', detail: { office, role } })
  return subject
}
