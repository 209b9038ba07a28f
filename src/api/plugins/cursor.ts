import type { Instant } from '../../domain/time/days.ts'
import { ApiError } from '../http/errors.ts'

export type Position = { at: Instant; id: string }

/** Beyond the year 3000 either way: nothing of ours, and perhaps nothing the database can compare with. */
const FAR = 32_503_680_000_000

/** Opaque to callers; holds where the last page ended. */
export function encodeCursor({ at, id }: Position): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** @throws ApiError for anything that is no cursor of ours */
export function decodeCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]
    if (typeof at === 'number' && Math.abs(at) < FAR && typeof id === 'string') return { at, id }
  } catch {
    // Not JSON: falls through to the refusal below, like JSON of another shape.
  }
  throw new ApiError(400, 'bad-cursor', 'cursor 要原样取自上一页的 nextCursor。', [
    { pointer: '/querystring/cursor', message: '不是有效的 cursor' },
  ])
}

/** One row more than asked was read: it tells whether there is a next page. */
export function pageFrom<R, T>(
  rows: R[],
  limit: number,
  positionOf: (row: R) => Position,
  show: (row: R) => T,
): { items: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown[shown.length - 1]
  return {
    items: shown.map(show),
    nextCursor: last && rows.length > limit ? encodeCursor(positionOf(last)) : null,
  }
}
