import type { Instant } from '../../domain/time/days.ts'
import { ApiError } from '../http/errors.ts'

export type Position = { at: Instant; id: string }
/** In a list that may be sorted by a word. */
export type SortPosition = { at: Instant | string; id: string }

/** Beyond the year 3000 either way: nothing of ours, and perhaps nothing the database can compare with. */
const FAR = 32_503_680_000_000

/** Opaque to callers; holds where the last page ended. */
export function encodeCursor({ at, id }: SortPosition): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** @throws ApiError for anything that is no cursor of ours */
export function decodeCursor(cursor: string | undefined): Position | null {
  const position = cursor === undefined ? null : positionIn(cursor)
  if (position === null) return null
  if (typeof position.at !== 'number') throw badCursor()
  return { at: position.at, id: position.id }
}

/** @param byDay whether the list is sorted by a day, so that a cursor of another order is refused */
export function decodeSortCursor(cursor: string | undefined, byDay: boolean): SortPosition | null {
  const position = cursor === undefined ? null : positionIn(cursor)
  if (position !== null && (typeof position.at === 'number') !== byDay) throw badCursor()
  return position
}

function positionIn(cursor: string): SortPosition {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]
    if (typeof id === 'string' && (isInstant(at) || isWord(at))) return { at, id }
  } catch {
    // Not JSON: falls through to the refusal below, like JSON of another shape.
  }
  throw badCursor()
}

function isInstant(at: unknown): at is Instant {
  return typeof at === 'number' && Math.abs(at) < FAR
}

/** The database takes no zero bytes in a text. */
function isWord(at: unknown): at is string {
  return typeof at === 'string' && !at.includes('\0')
}

function badCursor(): ApiError {
  return new ApiError(400, 'bad-cursor', 'cursor 要原样取自上一页的 nextCursor。', [
    { pointer: '/querystring/cursor', message: '不是有效的 cursor' },
  ])
}

/** One row more than asked was read: it tells whether there is a next page. */
export function pageFrom<R, T>(
  rows: R[],
  limit: number,
  positionOf: (row: R) => SortPosition,
  show: (row: R) => T,
): { items: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown[shown.length - 1]
  return {
    items: shown.map(show),
    nextCursor: last && rows.length > limit ? encodeCursor(positionOf(last)) : null,
  }
}
