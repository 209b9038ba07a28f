import type { Instant } from '../../domain/time/days.ts'
import { officePhoneFault } from '../../domain/people/office-phone.ts'
import { quietDaysFault } from '../../domain/people/quiet-days.ts'
import { composeAddressChanged } from '../../mail/address-changed.ts'
import { replyToOf } from '../../mail/reply-to.ts'
import type { Sql } from '../../db/pool.ts'
import { type ContactData, type User, userByEmail, writeContact } from '../people/users.ts'
import { AccountRefusal, mailbox, nameOf } from './accounts.ts'
import { bureauOf } from './credentials.ts'
import { voidLinks } from './login-links.ts'
import { type Sending, sendAtOnce } from './send-at-once.ts'

/** What is to be changed; what is left out stays. An empty telephone is none. */
export type ContactChange = { [Field in keyof ContactData]?: ContactData[Field] | undefined }
export type ContactField = keyof ContactData

/**
 * Changes how somebody is called and reached. A link that went to the former address is void. In a transaction that holds
 * the person. @returns the fields that changed @throws AccountRefusal
 */
export async function changeContact(
  tx: Sql,
  user: Pick<User, 'id' | ContactField>,
  wanted: ContactChange,
  wallNow: Instant,
): Promise<ContactField[]> {
  const contact = mergeContact(user, wanted)
  const fields = changedFields(user, contact)
  if (fields.length === 0) throw new AccountRefusal(null, '没有要改的内容:和登记的一样。')
  if (fields.includes('email')) await mustBeFree(tx, user.id, contact.email)
  await writeContact(tx, user.id, contact)
  if (fields.includes('email')) await voidLinks(tx, user.id, wallNow)
  return fields
}

/**
 * Tells the former address, so that nobody's account is moved behind their back. It may be one that no mail reaches any
 * more, so the change does not depend on it.
 */
export async function tellFormerAddress(
  deps: Sending,
  { name, email }: Pick<ContactData, 'name' | 'email'>,
  formerEmail: string,
): Promise<void> {
  const replyTo = replyToOf(deps.letters, (await bureauOf(deps.gate, email))?.contact)
  const letter = composeAddressChanged({ name, contact: replyTo, trial: deps.letters.trial })
  await sendAtOnce(deps, { to: formerEmail, replyTo }, letter)
}

function mergeContact(user: ContactData, wanted: ContactChange): ContactData {
  return {
    name: wanted.name === undefined ? user.name : nameOf(wanted.name),
    email: wanted.email === undefined ? user.email : mailbox(wanted.email.trim()),
    phone: wanted.phone === undefined ? user.phone : phoneOf(wanted.phone),
    quietDays: wanted.quietDays === undefined ? user.quietDays : quietDaysOf(wanted.quietDays),
  }
}

function changedFields(user: ContactData, contact: ContactData): ContactField[] {
  const fields = ['name', 'email', 'phone', 'quietDays'] as const
  return fields.filter((field) => String(user[field] ?? '') !== String(contact[field] ?? ''))
}

function phoneOf(given: string | null): string | null {
  const phone = (given ?? '').trim()
  if (phone === '') return null
  const fault = officePhoneFault(phone)
  if (fault !== null) throw new AccountRefusal('phone', fault)
  return phone
}

function quietDaysOf(given: readonly number[]): number[] {
  const fault = quietDaysFault(given)
  if (fault !== null) throw new AccountRefusal('quietDays', fault)
  return [...new Set(given)].sort((a, b) => a - b)
}

/** Two accounts with one address would read each other's mail. The case of letters does not tell them apart. */
async function mustBeFree(tx: Sql, person: string, email: string): Promise<void> {
  const holder = await userByEmail(tx, email)
  if (holder && holder.id !== person)
    throw new AccountRefusal('email', `邮箱 ${email} 已经登记在另一个账号上,请换一个。`)
}
