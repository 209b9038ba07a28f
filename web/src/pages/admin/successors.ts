import { isOversightRole } from '../../../../src/domain/people/permissions.ts'
import type { User } from './use-people.ts'

type Held = User['roles'][number]
export type Post = Pick<Held, 'office' | 'role'>
type Worker = Pick<User, 'id' | 'name' | 'active' | 'roles'>
/** `away`: the ids of who is absent today. */
export type Known = { all: readonly Worker[]; today: string; away: ReadonlySet<string> }

/** Who else holds the same role today: somebody who is there, only people who are away, or nobody. */
export type Successors = { state: 'there' | 'away'; names: string[] } | { state: 'nobody' }

export function successorsOf(user: Pick<User, 'id'>, post: Post, { all, today, away }: Known): Successors {
  const others = all.filter((u) => u.id !== user.id && u.active && holdsPost(u, post, today))
  const there = others.filter(({ id }) => !away.has(id))
  if (there.length > 0) return { state: 'there', names: there.map(({ name }) => name) }
  if (others.length > 0) return { state: 'away', names: others.map(({ name }) => name) }
  return { state: 'nobody' }
}

/** The roles of today whose work somebody has to go on with; those who only watch have none. */
export function postsToHandOn(user: Worker, today: string): Held[] {
  return user.roles.filter((post) => !isOversightRole(post.role) && holdsPost(user, post, today))
}

/** What still names them comes back also when every role of theirs has ended. */
export function worksSomewhere({ roles }: Pick<User, 'roles'>): boolean {
  return roles.some(({ role }) => !isOversightRole(role))
}

/** Without a role in an office they hold nothing of it. */
export function leavesWork({ roles }: Pick<User, 'roles'>, { office, role }: Post): boolean {
  const left = roles.filter((r) => r.office !== office || r.role !== role)
  return !isOversightRole(role) && !left.some((r) => r.office === office)
}

function holdsPost({ roles }: Pick<User, 'roles'>, { office, role }: Post, today: string): boolean {
  return roles.some(
    (r) =>
      r.office === office &&
      r.role === role &&
      (r.from === null || r.from <= today) &&
      (r.until === null || today <= r.until),
  )
}
