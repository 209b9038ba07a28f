import { queueOffboarding } from '../people/departures.ts'
import type { LinkPurpose } from './login-links.ts'
import type { Sql } from '../../db/pool.ts'
import { closeAccount, dropSecondFactor } from './account-state.ts'
import {
  enableUser,
  administeredDays,
  firstDayLost,
  listUsers,
  lockUser,
  type RoleGrant,
  takeRole,
  type User,
} from '../people/users.ts'
import { isUnder } from '../../domain/people/permissions.ts'
import type { Day } from '../../domain/time/days.ts'
import { changeContact, type ContactChange } from './contact.ts'
import { AccountRefusal, giveRole, openAccount } from './accounts.ts'
import { makeLink } from './secret-links.ts'

export type AccountAction =
  | ({ action: 'grant-role' } & RoleGrant)
  | ({ action: 'take-role' } & Pick<RoleGrant, 'office' | 'role'>)
  | ({ action: 'change-contact' } & ContactChange)
  | { action: 'disable' | 'enable' | 'reset' | 'drop-second-factor' }

/** The administrator who acts, the counties they administer, and when. */
export type Administrator = { id: string; counties: readonly string[]; today: Day; wallNow: number }
/** A link to be sent once everything else is done. */
export type OwedLink = { purpose: LinkPurpose; token: string; expiresWall: number }
/** What was done, for the audit trail, and what is still to be sent. */
export type Done = {
  deed: string
  detail: Record<string, unknown>
  link: OwedLink | null
  /** The address that was in force until now and has to be told. */
  formerEmail?: string
}

/** Thrown when this administrator may not do it. */
export class NotForThem extends Error {}

/** Adds a colleague in one of the administrator's counties. @throws AccountRefusal */
export async function addColleague(
  tx: Sql,
  by: Administrator,
  wanted: RoleGrant & { name: string; email: string },
): Promise<Done & { id: string }> {
  mustLieWithin(by, wanted.office)
  const id = await openAccount(tx, wanted)
  const { office, role } = wanted
  return {
    id,
    deed: 'user.add',
    detail: { office, role },
    link: await makeOwedLink(tx, by, id, 'first-password'),
  }
}

/**
 * Finds somebody of the administrator's counties and locks them until the transaction ends; undefined when there
 * is nobody.
 */
export async function colleague(
  tx: Sql,
  { counties }: Pick<Administrator, 'counties'>,
  id: string,
): Promise<User | undefined> {
  await lockUser(tx, id)
  return (await listUsers(tx, counties)).find((u) => u.id === id)
}

/**
 * Administrators never change their own account, so that nobody can give themselves a role. No action may leave
 * a county without an administrator, or sooner than before. @throws NotForThem, AccountRefusal
 */
export async function administer(
  tx: Sql,
  by: Administrator,
  user: User,
  wanted: AccountAction,
): Promise<Done> {
  if (user.id === by.id)
    throw new NotForThem('自己的角色和账号由另一位管理员管理;自己的密码和两步验证在“我的账号”中修改。')
  if (!user.roles.every((r) => isWithin(by, r.office)))
    throw new NotForThem('这个人在您管理的范围以外也有角色,请在服务器上用 npm run duban -- user 处理。')
  const before = await administered(tx, by)
  const done = await carryOut(tx, by, user, wanted)
  const after = await administered(tx, by)
  for (const [i, days] of after.entries())
    mustLoseNone(await firstDayLost(tx, before[i] ?? '{}', days), by.today)
  return done
}

async function administered(tx: Sql, { counties, today }: Administrator): Promise<string[]> {
  const days: string[] = []
  for (const county of counties) days.push(await administeredDays(tx, county, today))
  return days
}

/**
 * Refuses an action that takes a day's last administrator away. A term that ends by itself is no reason to
 * refuse.
 */
function mustLoseNone(day: Day | null, today: Day): void {
  if (day === null) return
  const words =
    day === today
      ? '这是本县最后一位管理员:请先把管理员角色授予另一位同事。'
      : `这样从 ${day} 起本县没有管理员:请先把管理员角色授予另一位同事,期限不短于现在的。`
  throw new AccountRefusal('role', words)
}

async function carryOut(tx: Sql, by: Administrator, user: User, wanted: AccountAction): Promise<Done> {
  switch (wanted.action) {
    case 'grant-role':
      return grantRoleTo(tx, by, user, wanted)
    case 'take-role':
      return takeRoleAway(tx, by, user, wanted)
    case 'change-contact':
      return changeContactOf(tx, by, user, wanted)
    case 'disable':
      mustBe(user.active, `${user.name}的账号已经停用。`)
      await closeAccount(tx, user.id, by.wallNow)
      await queueOffboarding(tx, countyOf(by, user.roles[0]?.office), { person: user.id, office: null })
      return { deed: 'user.disable', detail: {}, link: null }
    case 'enable':
      mustBe(!user.active, `${user.name}的账号没有停用。`)
      await enableUser(tx, user.id)
      return { deed: 'user.enable', detail: {}, link: null }
    case 'reset':
      mustBe(user.active, `${user.name}的账号已停用,请先恢复。`)
      return { deed: 'user.reset', detail: {}, link: await makeOwedLink(tx, by, user.id, 'reset') }
    case 'drop-second-factor':
      mustBe(user.secondFactor, `${user.name}没有开启两步验证。`)
      await dropSecondFactor(tx, user.id)
      return { deed: 'totp.remove', detail: {}, link: null }
  }
}

async function grantRoleTo(tx: Sql, by: Administrator, user: User, wanted: RoleGrant): Promise<Done> {
  const { office, role, from, until } = wanted
  mustLieWithin(by, office)
  await giveRole(tx, user.id, wanted)
  return { deed: 'user.role.grant', detail: { office, role, from, until }, link: null }
}

async function takeRoleAway(
  tx: Sql,
  by: Administrator,
  user: User,
  { office, role }: Pick<RoleGrant, 'office' | 'role'>,
): Promise<Done> {
  mustBe(
    user.roles.some((r) => r.office === office && r.role === role),
    `${user.name}在 ${office} 没有这个角色。`,
  )
  // Without any role they would belong to no county, and no administrator could reach them again.
  mustBe(user.roles.length > 1, '这是他唯一的角色:请先授予新的角色,或停用账号。')
  const last = await takeRole(tx, user.id, { office, role })
  if (last) await queueOffboarding(tx, countyOf(by, office), { person: user.id, office })
  return { deed: 'user.role.take', detail: { office, role }, link: null }
}

/** The trail says which fields changed, and nothing of what stands in them. */
async function changeContactOf(tx: Sql, by: Administrator, user: User, wanted: ContactChange): Promise<Done> {
  const fields = await changeContact(tx, user, wanted, by.wallNow)
  const done = { deed: 'user.contact', detail: { fields }, link: null }
  return fields.includes('email') ? { ...done, formerEmail: user.email } : done
}

async function makeOwedLink(
  tx: Sql,
  by: Administrator,
  person: string,
  purpose: LinkPurpose,
): Promise<OwedLink> {
  return { purpose, ...(await makeLink(tx, person, purpose, by.wallNow)) }
}

function mustBe(so: boolean, otherwise: string): void {
  if (!so) throw new AccountRefusal(null, otherwise)
}

function isWithin({ counties }: Administrator, office: string): boolean {
  return counties.some((county) => isUnder(office, county))
}

function mustLieWithin(by: Administrator, office: string): void {
  if (!isWithin(by, office)) throw new AccountRefusal('office', `没有单位 ${office},或它不在您的县。`)
}

function countyOf({ counties }: Administrator, office: string | undefined): string {
  return counties.find((county) => office !== undefined && isUnder(office, county)) ?? counties[0] ?? ''
}
