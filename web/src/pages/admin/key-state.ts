import type { ApiKey } from './use-keys.ts'

type State = { shape: '✓' | '∥' | '–'; look: 'done' | 'late' | 'muted'; word: 'live' | 'revoked' | 'expired' }

/** @param now milliseconds since 1970 by a clock on the wall: a key ends by it, also in a demonstration */
export function keyState(
  { revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>,
  now: number,
): State {
  if (revokedAt !== null) return { shape: '∥', look: 'late', word: 'revoked' }
  if (expiresAt !== null && Date.parse(expiresAt) <= now)
    return { shape: '–', look: 'muted', word: 'expired' }
  return { shape: '✓', look: 'done', word: 'live' }
}
