import type { Role } from '../obligation/vocabulary.ts'
import { isUnder } from './permissions.ts'

/** A role somebody has in an office. */
export type Post = { office: string; role: Role }

/**
 * The posts of somebody who is told of an item, that first in which they are: what was called upon in the item's own office, then
 * in one above it; else what they are in that office, as whoever holds the item or stands in for a colleague.
 * @param called the roles that a rung or a copy names; none where the holder is told
 */
export function postsAsTold<P extends Post>(
  posts: readonly P[],
  called: readonly Role[],
  office: string,
): P[] {
  const rank = ({ office: at, role }: P) => {
    const isCalled = called.includes(role)
    if (at === office) return isCalled ? 0 : 2
    if (!isCalled) return 4
    return isUnder(office, at) ? 1 : 3
  }
  return [...posts].sort((a, b) => rank(a) - rank(b))
}
