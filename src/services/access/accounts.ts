import type { Sql } from '../../db/pool.ts'
import { offices } from '../../db/schema/index.ts'
import { columns, selectRow } from '../../db/select-columns.ts'
import { ROLE_OFFICES } from '../../domain/people/role-offices.ts'
import { addUser, grantRole, isTaken, type RoleGrant } from '../people/users.ts'
import { OFFICE_KIND_LABELS, ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { BadAddress, oneAddress } from '../../mail/address.ts'

export type AccountField = 'email' | 'name' | 'phone' | 'quietDays' | 'office' | 'role' | 'until'

/**
 * Thrown when an account cannot be made or changed as asked. The message says what to do; `field` says what it
 * concerns.
 */
export class AccountRefusal extends Error {
  readonly field: AccountField | null

  constructor(field: AccountField | null, message: string) {
    super(message)
    this.field = field
  }
}

/** @throws AccountRefusal when the office does not exist, or the role does not fit it */
export async function mustFit(tx: Sql, { office, role, from, until }: RoleGrant): Promise<void> {
  const list = columns(offices, 'o', ['kind', 'name'])
  const found = await selectRow(tx, list, 'from offices o where code = $1', [office])
  if (!found) throw new AccountRefusal('office', `没有单位 ${office};代码见 GET /v1/offices。`)
  const kinds = ROLE_OFFICES[role]
  if (!kinds.includes(found.kind)) {
    const fitting = kinds.map((kind) => OFFICE_KIND_LABELS[kind]).join('、')
    const words = `${ROLE_LABELS[role]}要设在${fitting},${found.name} 是${OFFICE_KIND_LABELS[found.kind]}。`
    throw new AccountRefusal('office', words)
  }
  if (from && until && until < from)
    throw new AccountRefusal('until', `角色的结束日期 ${until} 早于开始日期 ${from},请改正。`)
}

export async function giveRole(tx: Sql, person: string, grant: RoleGrant): Promise<void> {
  await mustFit(tx, grant)
  await grantRole(tx, person, grant)
}

/** Adds a person with a first role. @returns their id @throws AccountRefusal */
export async function openAccount(
  tx: Sql,
  { name, email, ...grant }: RoleGrant & { name: string; email: string },
): Promise<string> {
  const address = mailbox(email)
  const called = nameOf(name)
  await mustFit(tx, grant)
  if (await isTaken(tx, address))
    throw new AccountRefusal('email', `${address} 已经登记过;可以给他加角色,不用新建。`)
  const id = await addUser(tx, { name: called, email: address })
  await grantRole(tx, id, grant)
  return id
}

/** @throws AccountRefusal when nothing is written */
export function nameOf(text: string): string {
  const name = text.trim()
  if (name === '') throw new AccountRefusal('name', '请写明姓名。')
  return name
}

/** @throws AccountRefusal when it is not exactly one address */
export function mailbox(text: string): string {
  try {
    return oneAddress(text)
  } catch (error) {
    if (error instanceof BadAddress) throw new AccountRefusal('email', error.message)
    throw error
  }
}
