import { firstOf, isPressed, type Part } from './digest-parts.ts'
import type { AskedItem, DigestEntry, DigestInput, HeldWork, LateItem } from './digest-types.ts'
import { flat } from './flat.ts'

/** `由您先督促;您不在时由李某督促`: who shares the reader's role, and who of them begins. */
export function sharingWords(entry: DigestEntry): string {
  // Nobody has to begin with what is done, or with what they get a copy of.
  if (entry.kind === 'accepted' || entry.kind === 'copied') return ''
  const first = firstOf(entry)
  return sharedBy(first ? [first.name] : [], thirdsOf(entry), isPressed(entry) ? '督促' : '办理')
}

/**
 * The same of what no line of the round is about. Null for what an earlier mail asked to press: it was asked as the lines of that
 * part are.
 */
export function restSharing(work: LateItem | AskedItem | HeldWork, part: Part): string | null {
  if ('askedOn' in work) return null
  if (part === 'remind') return ''
  const verb = part === 'press' || part === 'stand-by' ? '督促' : '办理'
  return sharedBy(work.begins === null ? [] : [work.begins], work.shares, verb)
}

/** The same of what waits for the reader's review: `其中 1 件由您复核;其余由李某先复核,其不在时由您复核`. */
export function reviewSharing({ reviewers: { names, firsts, own } }: Pick<DigestInput, 'reviewers'>): string {
  const words = sharedBy(firsts, names, '复核')
  return words !== '' && own !== null && own.waiting > 0
    ? `其中 ${own.waiting} 件由您复核;其余${words}`
    : words
}

/** @param firsts who begin with some of it before the reader. @param others who share it besides */
function sharedBy(firsts: readonly string[], others: readonly string[], verb: string): string {
  if (firsts.length > 0) return standByWords(firsts, verb, others)
  return others.length === 0 ? '' : `由您先${verb};您不在时由${others.map(flat).join('、')}${verb}`
}

/** `由李某先督促,其不在时由您督促`, of three who share it `其不在时由赵某或您督促`. */
export function standByWords(
  firsts: readonly string[],
  verb: string,
  others: readonly string[] = [],
): string {
  return `由${beginnersWords(firsts.map(flat))}先${verb},${absentWords(others)}${verb}`
}

/** `其不在时由您`, or `其不在时由赵某或您` where a third one shares it. */
export function absentWords(others: readonly string[]): string {
  const all = others.map(flat).join('、')
  return `其不在时由${all === '' ? '' : `${all}或`}您`
}

/** `李某`, of two of whom each begins with a part `李某、赵某分别`, of more `同事`. */
export function beginnersWords(names: readonly string[]): string {
  const [first = '同事', second] = names
  return names.length > 2 ? '同事' : second === undefined ? first : `${first}、${second}分别`
}

/** `由李某先办理 2 件`, of two `由李某、赵某分别先办理(共 2 件)`, which nobody reads as two each. @param more of that number */
export function begunWords(
  names: readonly string[],
  verb: string,
  count: number,
  more: readonly string[] = [],
): string {
  const begin = `由${beginnersWords(names)}先`
  return names.length === 2
    ? `${begin}${verb}(${[`共 ${count} 件`, ...more].join(',')})`
    : `${begin}${workWords(verb, count, more)}`
}

/** `复核 15 件(2 件已逾期、1 件今天到期)`. */
export function workWords(verb: string, count: number, more: readonly string[]): string {
  return `${verb} ${count} 件${more.length > 0 ? `(${more.join('、')})` : ''}`
}

/** Who shares a line with the reader and whoever begins with it. */
export function thirdsOf({ alsoTold }: Pick<DigestEntry, 'alsoTold'>): string[] {
  return alsoTold.filter((t) => t.together && !t.first).map((t) => t.name)
}

/** Who shares all of several things besides. */
export function thirdsOfAll(thirds: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = thirds
  return first.filter((name) => others.every((names) => names.includes(name)))
}
