import type { Sql } from '../../db/pool.ts'
import { obligations } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'

const LINK = columns(obligations, 'o', ['id', 'kind', 'title', 'state', 'dueOn', 'followsFrom'])
export type Link = RowsOf<typeof LINK>
export type Links = { followsFrom: Link | null; followedBy: Link[] }

/** What an obligation follows from, and what followed from it, in order. */
export async function linksOf(sql: Sql, id: string): Promise<Links> {
  const linked = await selectRows(
    sql,
    LINK,
    `from obligations o
      where o.follows_from = $1 or o.id = (select p.follows_from from obligations p where p.id = $1)
      order by o.created_at, o.id`,
    [id],
  )
  return {
    followsFrom: linked.find((link) => link.followsFrom !== id) ?? null,
    followedBy: linked.filter((link) => link.followsFrom === id),
  }
}
