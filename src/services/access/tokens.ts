import { createHash, randomBytes } from 'node:crypto'

/** A secret nobody guesses: 256 bits, fit for an address or a cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of it. A fast hash will do: there is nothing to guess. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
