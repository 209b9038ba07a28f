import { rows, type Sql } from '../../db/pool.ts'

/**
 * What tells the household behind `subjects s` from others, as SQL: the blind index of its number, or its obligation where it has
 * none. Null where nobody stands behind the obligation, or nothing of them is kept any more: which of these are one household cannot be
 * told. While the key of the indexes is replaced, a number may have two.
 */
export const HOUSEHOLD_KEY = `case when s.obligation is not null and s.anonymised_wall is null then coalesce(encode(s.id_no_index, 'hex'), s.obligation) end`

const keyOf = (obligation: string) =>
  `coalesce((select encode(s.id_no_index, 'hex') from subjects s where s.obligation = ${obligation}), ${obligation})`
/**
 * Two obligations of one household, whose numbers do not say so: a person joined them, or one follows from the other, whatever numbers
 * the two have (as households/find-related.ts has it).
 */
const PAIRS = `select k.a, k.b from (
    select l.obligation as a, l.other as b from household_links l
     where l.same and l.ended_at is null and l.county = any($1)
    union all
    select o.id, o.follows_from from obligations o join subjects s on s.obligation = o.id
     where o.follows_from is not null and o.county = any($1)) p
    cross join lateral (select ${keyOf('p.a')} as a, ${keyOf('p.b')} as b) k
  where k.a <> k.b`

/** Keys that stand for another household's, and that household's own, in step. */
export type JoinedKeys = { keys: string[]; roots: string[] }

/** Which households are one though their numbers do not say so, of what the reader sees. */
export async function joinedKeys(sql: Sql, counties: readonly string[]): Promise<JoinedKeys> {
  const parents = new Map<string, string>()
  const rootOf = (key: string): string => {
    let root = key
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next
    return root
  }
  for (const { a, b } of await rows<{ a: string; b: string }>(sql, PAIRS, [counties])) {
    const [rootA, rootB] = [rootOf(a), rootOf(b)]
    if (rootA !== rootB) parents.set(rootA, rootB)
  }
  const keys = [...parents.keys()]
  return { keys, roots: keys.map(rootOf) }
}
