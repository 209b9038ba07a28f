import { readFileSync } from 'node:fs'

const SHORTEST = 12
const LONGEST = 128
/** Fewer different characters than this are a pattern, whatever the length. */
const FEWEST_DIFFERENT = 5

const COMMON = new Set(
  readFileSync(new URL('../../templates/common-passwords.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
)

/**
 * What speaks against a password (ASVS 6.2): its length, a list of common ones, and what everybody knows of its owner. No
 * rules about kinds of characters. @returns null, or a sentence that says what to do
 */
export function passwordFault(
  password: string,
  owner: { name: string; email: string; offices?: readonly string[] },
): string | null {
  const text = password.normalize('NFKC')
  const length = [...text].length
  if (length < SHORTEST) return `密码至少要 ${SHORTEST} 个字符,可以是一句好记的话。`
  if (length > LONGEST) return `密码最多 ${LONGEST} 个字符。`
  const plain = text.toLowerCase()
  if (new Set(plain).size < FEWEST_DIFFERENT) return '密码里不同的字符太少,请换一个。'
  if (isCommon(plain)) return '这是常见的密码,容易被猜中,请换一个。'
  const mailbox = owner.email.split('@')[0]?.toLowerCase() ?? ''
  if (owner.name !== '' && plain.includes(owner.name.toLowerCase())) return '密码里不要有自己的姓名。'
  if (owner.offices?.some((office) => plain.includes(office.toLowerCase()))) return '密码里不要有自己的单位。'
  if (mailbox.length > 3 && plain.includes(mailbox)) return '密码里不要有自己的邮箱名。'
  return null
}

/** On the list, or one on the list with digits and marks around it, or one twice over. */
function isCommon(plain: string): boolean {
  const bare = plain.replace(/^[\d\W_]+|[\d\W_]+$/g, '')
  const half = plain.slice(0, plain.length / 2)
  return COMMON.has(plain) || COMMON.has(bare) || (half + half === plain && COMMON.has(half))
}
