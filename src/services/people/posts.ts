import type { Post } from '../../domain/people/posts-as-told.ts'
import type { Day } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** Where somebody works on a day and as what, and the telephone of the office that they are reached by. */
export type Posts = { phone: string | null; posts: Post[] }

/** Of people, by their ids; who is nowhere on that day has no post. As far as the reader sees the directory. */
export async function postsOf(
  sql: Sql,
  people: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, Posts>> {
  const found = await rows<Posts & { person: string }>(
    sql,
    `select p.id as person, p.phone,
            coalesce(jsonb_agg(jsonb_build_object('office', r.office, 'role', r.role) order by r.office, r.role)
              filter (where r.person is not null), '[]') as posts
       from people p
       left join person_roles r on r.person = p.id
        and coalesce(r.valid_from <= $2, true) and coalesce(r.valid_until >= $2, true)
      where p.id = any($1) group by p.id`,
    [people, today],
  )
  return new Map(found.map(({ person, ...posts }) => [person, posts]))
}
