import { Problem } from './problem.ts'

const BYTES = 16

/** A key under which a request is done once, however often it is sent; also where crypto.randomUUID is not known yet. */
export function newSendKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The key of one request that may be tried again: another body is another request. */
export function keyPerBody() {
  let last = { body: '', key: newSendKey() }
  return {
    keyOf(body: object): string {
      const text = JSON.stringify(body)
      if (text !== last.body) last = { body: text, key: newSendKey() }
      return last.key
    },
    /** After an answer: what was refused, or taken, is another request when it is sent again. */
    answered(error: unknown): void {
      last.key = keyAfter(error, last.key)
    },
    taken(): void {
      last.key = newSendKey()
    },
  }
}

/** The key for the next try: what got no answer is asked for under the same one, what was refused is sent anew. */
export function keyAfter(error: unknown, key: string): string {
  return error instanceof Problem && !error.passing ? newSendKey() : key
}
