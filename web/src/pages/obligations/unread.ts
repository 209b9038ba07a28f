/** What of an obligation its mark is read from. */
type Marked = { id: string; version: number; holder: { office: { code: string } } | null }
export type UnreadMark = 'new' | 'changed'

/**
 * Changed: it was looked at, and something was done since. New: it was never looked at, and it is one's turn. Whatever
 * others hold and one never opened is no news.
 * @param seen versions by id; undefined while they are not known
 * @param mine the offices whose turn is one's own
 */
export function unreadMark(
  { id, version, holder }: Marked,
  seen: ReadonlyMap<string, number> | undefined,
  mine: readonly string[],
): UnreadMark | null {
  if (seen === undefined) return null
  const looked = seen.get(id)
  if (looked !== undefined) return version > looked ? 'changed' : null
  return holder !== null && mine.includes(holder.office.code) ? 'new' : null
}
