import { createHash, randomBytes } from 'node:crypto'

/** An unguessable secret: 256 bits, fit for a URL or a cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token. A fast hash is enough, since the token cannot be guessed. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
