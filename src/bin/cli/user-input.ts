import type { RoleGrant } from '../../services/people/users.ts'
import { type Day, isDay } from '../../domain/time/days.ts'
import { ROLE_LABELS, type Role } from '../../domain/obligation/vocabulary.ts'
import { BadAddress, oneAddress } from '../../mail/address.ts'
import { CliError } from './cli-error.ts'

/** As it was typed. */
export type RoleOptions = { office: string; role: string; from?: string; until?: string }

/** @throws CliError where a word is none of ours, or a day none at all */
export function grantOf({ office, role, from, until }: RoleOptions): RoleGrant {
  return { office, role: roleOf(role), from: dayIn(from), until: dayIn(until) }
}

export function roleOf(text: string): Role {
  if (Object.hasOwn(ROLE_LABELS, text)) return text as Role
  throw new CliError(`没有角色 ${text}。可以是:${Object.keys(ROLE_LABELS).join(' ')}`)
}

/** @throws CliError when it is not exactly one mailbox */
export function mailboxIn(text: string): string {
  try {
    return oneAddress(text)
  } catch (error) {
    if (error instanceof BadAddress) throw new CliError(`${text}:${error.message}。`)
    throw error
  }
}

/** @throws CliError when it is none */
export function dayIn(text: string | undefined): Day | undefined {
  if (text !== undefined && !isDay(text)) throw new CliError(`日期要真实存在,写成 YYYY-MM-DD,收到 ${text}。`)
  return text
}
