import type { Kind, State } from './vocabulary.ts'

/**
 * Decision 6: whichever way a warning comes in, by file or by hand, one number of the platform is one obligation.
 * @param externalId the platform's number
 */
export function warningKey(externalId: string): string {
  return `${WARNING}${externalId}`
}

/** What follows from an obligation begins once, however often that is accepted. */
export function followingKey(from: string, kind: Kind): string {
  return `${FOLLOWS}${from}|${kind}`
}

/** The keys under which a number may stand in the ledger: YS1 and ys1 are one warning, and each is kept as it was first written. */
export function warningKeysOf(key: string): string[] {
  if (!key.startsWith(WARNING)) return [key]
  const number = key.slice(WARNING.length)
  return [...new Set([number, number.toUpperCase(), number.toLowerCase()])].map((n) => WARNING + n)
}

/** What two keys of one warning have in common. */
export function keyInCapitals(key: string): string {
  return key.toUpperCase()
}

const WARNING = 'platform|'
const FOLLOWS = 'follows|'
const FOUND = 'problem|found|'
/** What comes again as another obligation once it was cancelled. */
const FREED: readonly string[] = [WARNING, FOLLOWS, FOUND]
const CANCELLED = '|cancelled|'

/**
 * The key in a state. A cancelled warning marks its own, so that its number is free to come again while no two keys are alike;
 * reopened, it takes the number back. So does what follows from something, and a problem that was found. Other keys stay: a cancelled
 * item of a plan must not come again.
 */
export function keyInState({ id, key }: { id: string; key: string | null }, state: State): string | null {
  if (key === null || !FREED.some((prefix) => key.startsWith(prefix))) return key
  const mark = `${CANCELLED}${id}`
  const plain = key.endsWith(mark) ? key.slice(0, -mark.length) : key
  return state === 'cancelled' ? `${plain}${mark}` : plain
}
