import { Problem } from './problem.ts'

const BYTES = 16

/** A key under which a request is done once, however often it is sent; also where crypto.randomUUID is not known yet. */
export function newSendKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The key for the next try: what got no answer is asked for under the same one, what was refused is sent anew. */
export function keyAfter(error: unknown, key: string): string {
  return error instanceof Problem && !error.passing ? newSendKey() : key
}
