import type { Breached } from './breached-file.ts'
import { commonPasswords } from './common-passwords.ts'

const SHORTEST = 12
const LONGEST = 128
/** Fewer different characters than this are a pattern, whatever the length. */
const FEWEST_DIFFERENT = 5

const isCommon = commonPasswords(SHORTEST)

type Owner = { name: string; email: string; offices?: readonly string[] }

/**
 * Why a password is refused (ASVS 6.2): its length, lists of common and breached ones, and what is known of its
 * owner. There are no rules about kinds of characters. @returns null, or a sentence that says what to do
 */
export function passwordFault(password: string, owner: Owner): string | null {
  const text = password.normalize('NFKC')
  const length = [...text].length
  if (length < SHORTEST) return `密码至少要 ${SHORTEST} 个字符,可以是一句好记的话。`
  if (length > LONGEST) return `密码最多 ${LONGEST} 个字符。`
  const plain = text.toLowerCase()
  if (new Set(plain).size < FEWEST_DIFFERENT) return '密码里不同的字符太少,请换一个。'
  if (isCommon(plain)) return '这是常见或已经泄露的密码,容易被猜中,请换一个。'
  const mailbox = owner.email.split('@')[0]?.toLowerCase() ?? ''
  if (owner.name !== '' && plain.includes(owner.name.toLowerCase())) return '密码里不要有自己的姓名。'
  if (owner.offices?.some((office) => plain.includes(office.toLowerCase()))) return '密码里不要有自己的单位。'
  if (mailbox.length > 3 && plain.includes(mailbox)) return '密码里不要有自己的邮箱名。'
  return null
}

/** The same, and also asks the operator's own file of breached passwords (ASVS 6.2.12). */
export async function newPasswordFault(
  { breached }: { breached: Breached },
  password: string,
  owner: Owner,
): Promise<string | null> {
  const fault = passwordFault(password, owner)
  if (fault) return fault
  const text = password.normalize('NFKC')
  for (const form of new Set([text, text.toLowerCase()]))
    if (await breached(form)) return '这个密码在已经泄露的密码之中,请换一个。'
  return null
}
