import type { PeopleFault, PeopleRow } from '../../ledgers/read-people.ts'
import { OFFICE_KIND_LABELS, ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { ROLE_OFFICES } from '../../domain/people/role-offices.ts'
import type { Sql } from '../../db/pool.ts'
import type { Office } from '../people/offices.ts'
import { grantRole, type User } from '../people/users.ts'
import { openAccount } from './accounts.ts'
import type { Administrator, OwedLink } from './administering.ts'
import { makeLink } from './secret-links.ts'

export type Added = { id: string; name: string; email: string; link: OwedLink }
/** What rows of a list make: people who are new, each with all their roles, and rows that are there already. */
export type PeoplePlan = { fresh: PeopleRow[][]; known: number }

/**
 * Judges the rows of a list one after the other: one address is one person, who has one name and holds a role of an office once; what
 * an address that has an account already does not have just so, is given on its page and not by a list.
 */
export function peopleJudge(
  offices: ReadonlyMap<string, Office>,
  users: readonly User[],
): (row: PeopleRow) => PeopleFault | null {
  const known = new Map(users.map((user) => [user.email.toLowerCase(), user]))
  const names = new Map<string, string>()
  const terms = new Map<string, string>()
  return (row) => {
    const fault = fitFault(row, offices.get(row.office)) ?? termFault(row)
    if (fault) return fault
    const user = known.get(row.email)
    const told = user && knownFault(user, row)
    if (told) return { column: 'email', message: told }
    const held = [row.email, row.office, row.role].join('|')
    const term = terms.get(held) ?? termOf(row)
    terms.set(held, term)
    if (term !== termOf(row))
      return { column: 'from', message: '前面的行里,这个人的这个角色起止日期不同;一个角色只能写一次。' }
    const name = names.get(row.email) ?? row.name
    names.set(row.email, name)
    return name === row.name
      ? null
      : { column: 'name', message: `前面的行里,这个邮箱是${name}的;一个邮箱只能是一个人的。` }
  }
}

function fitFault({ role }: PeopleRow, office: Office | undefined): PeopleFault | null {
  const kinds = ROLE_OFFICES[role]
  if (office === undefined || kinds.includes(office.kind)) return null
  const fitting = kinds.map((kind) => OFFICE_KIND_LABELS[kind]).join('、')
  return {
    column: 'role',
    message: `${ROLE_LABELS[role]}要设在${fitting},${office.name}是${OFFICE_KIND_LABELS[office.kind]}。`,
  }
}

function termFault({ from, until }: PeopleRow): PeopleFault | null {
  return from && until && until < from ? { column: 'until', message: `结束早于开始(${from})。` } : null
}

const termOf = ({ from, until }: { from?: string | null | undefined; until?: string | null | undefined }) =>
  `${from ?? ''}/${until ?? ''}`

/** Why somebody who has an account does not have just what the row says; null where they do. */
function knownFault({ active, roles }: User, row: PeopleRow): string | null {
  if (!active) return `${row.email} 的账号已停用;要用的,请到这个人的页面重新启用。`
  const held = roles.find(({ office, role }) => office === row.office && role === row.role)
  if (!held) return `${row.email} 已经登记过;要加角色的,请到这个人的页面授予。`
  return termOf(held) === termOf(row)
    ? null
    : `${row.email} 已有这个角色,起止日期不同;要改的,请到这个人的页面重新授予。`
}

/** The good rows by person; an address that has an account has nothing to be made. */
export function planPeople(rows: readonly PeopleRow[], users: readonly User[]): PeoplePlan {
  const known = new Set(users.map(({ email }) => email.toLowerCase()))
  const byAddress = new Map<string, PeopleRow[]>()
  for (const row of rows.filter(({ email }) => !known.has(email)))
    byAddress.set(row.email, [...(byAddress.get(row.email) ?? []), row])
  return { fresh: [...byAddress.values()], known: rows.filter(({ email }) => known.has(email)).length }
}

/** Opens an account for each, with all roles and a link that is owed. @throws AccountRefusal */
export async function addPeople(tx: Sql, by: Administrator, fresh: PeoplePlan['fresh']): Promise<Added[]> {
  const added: Added[] = []
  for (const rows of fresh) {
    const [first, ...more] = rows
    if (!first) continue
    const { name, email } = first
    const id = await openAccount(tx, first)
    for (const row of more) await grantRole(tx, id, row)
    const link = {
      purpose: 'first-password' as const,
      ...(await makeLink(tx, id, 'first-password', by.wallNow)),
    }
    added.push({ id, name, email, link })
  }
  return added
}
