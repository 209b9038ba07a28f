import { row, type Sql } from '../db/pool.ts'
import { ROLE_OFFICES, type RoleGrant } from '../db/user-store.ts'
import { isDay } from '../domain/days.ts'
import { OFFICE_KIND_LABELS, type OfficeKind, ROLE_LABELS, type Role } from '../domain/words.ts'
import { BadAddress, oneAddress } from '../mail/address.ts'
import { CliError } from './cli-error.ts'

/** As it was typed. */
export type RoleOptions = { office: string; role: string; from?: string; until?: string }

/** @throws CliError naming what does not exist or fit */
export async function grantOf(tx: Sql, { office, role, from, until }: RoleOptions): Promise<RoleGrant> {
  const found = await row<{ kind: OfficeKind }>(tx, 'select kind from offices where code = $1', [office])
  if (!found) throw new CliError(`没有单位 ${office};代码见 GET /v1/offices。`)
  const kinds = ROLE_OFFICES[roleOf(role)]
  if (!kinds.includes(found.kind)) {
    const fitting = kinds.map((kind) => OFFICE_KIND_LABELS[kind]).join('、')
    throw new CliError(
      `${ROLE_LABELS[roleOf(role)]}要设在${fitting},${office} 是${OFFICE_KIND_LABELS[found.kind]}。`,
    )
  }
  for (const day of [from, until])
    if (day !== undefined && !isDay(day)) throw new CliError(`日期写成 YYYY-MM-DD,收到 ${day}。`)
  return { office, role: roleOf(role), from, until }
}

export function roleOf(text: string): Role {
  if (Object.hasOwn(ROLE_LABELS, text)) return text as Role
  throw new CliError(`没有角色 ${text}。可以是:${Object.keys(ROLE_LABELS).join(' ')}`)
}

/** @throws CliError when it is not exactly one address */
export function mailbox(text: string): string {
  try {
    return oneAddress(text)
  } catch (error) {
    if (error instanceof BadAddress) throw new CliError(error.message)
    throw error
  }
}
