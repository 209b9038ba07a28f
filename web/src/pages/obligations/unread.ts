import type { SeenVersions } from '../../session/seen.ts'

/** What of an obligation its mark is read from. */
type Marked = { id: string; version: number; holder: { office: { code: string } } | null }
export type UnreadMark = 'new' | 'changed'

/**
 * Changed: it was looked at, and something was done since. New: it was never looked at, and it is one's turn. Whatever
 * others hold and one never opened is no news.
 * @param seen versions by id, null for what was never looked at; what is not among them is not known yet
 * @param mine the offices whose turn is one's own
 */
export function unreadMark(
  { id, version, holder }: Marked,
  seen: SeenVersions | undefined,
  mine: readonly string[],
): UnreadMark | null {
  const looked = seen?.get(id)
  if (looked === undefined) return null
  if (looked !== null) return version > looked ? 'changed' : null
  return holder !== null && mine.includes(holder.office.code) ? 'new' : null
}
