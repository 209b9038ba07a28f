import type { State } from './vocabulary.ts'

/**
 * Decision 6: whichever way a warning comes in, by file or by hand, one number of the platform is one obligation.
 * @param externalId the platform's number
 */
export function warningKey(externalId: string): string {
  return `${WARNING}${externalId}`
}

const WARNING = 'platform|'
const CANCELLED = '|cancelled|'

/**
 * The key in a state. A cancelled warning marks its own, so that its number is free to come again while no two keys are alike;
 * reopened, it takes the number back. Other keys stay: a cancelled item of a plan must not come again.
 */
export function keyInState({ id, key }: { id: string; key: string | null }, state: State): string | null {
  if (key === null || !key.startsWith(WARNING)) return key
  const mark = `${CANCELLED}${id}`
  const plain = key.endsWith(mark) ? key.slice(0, -mark.length) : key
  return state === 'cancelled' ? `${plain}${mark}` : plain
}
