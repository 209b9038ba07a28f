import type { Offer } from '../../domain/obligation/lifecycle.ts'
import type { Sql } from '../../db/pool.ts'
import { handOvers } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

const HAND_OVER = columns(handOvers, 'h', [
  ...(['id', 'county', 'obligation', 'externalId', 'title', 'fromOffice', 'toOffice', 'state'] as const),
  ...(['offeredBy', 'offeredAt', 'answeredBy', 'answeredAt', 'heldDays'] as const),
])
export type HandOverRow = RowsOf<typeof HAND_OVER>

/** Every offer about an obligation, in order. */
export function handOversOf(sql: Sql, obligation: string): Promise<HandOverRow[]> {
  return selectRows(sql, HAND_OVER, 'from hand_overs h where obligation = $1 order by offered_at, id', [
    obligation,
  ])
}

/** The offer that waits for its answer. */
export function pendingHandOver(sql: Sql, obligation: string): Promise<HandOverRow | undefined> {
  return selectRow(sql, HAND_OVER, `from hand_overs h where obligation = $1 and state = 'pending'`, [
    obligation,
  ])
}

/** The same as the lifecycle asks for it. */
export async function pendingOffer(sql: Sql, obligation: string): Promise<Offer | null> {
  const pending = await pendingHandOver(sql, obligation)
  return pending ? { to: pending.toOffice, offeredBy: pending.offeredBy } : null
}

/** Which side of a hand-over somebody asks for. */
export type Direction = 'given' | 'received'
export type HandOverSearch = {
  /** One of these gave it, or was asked to take it. */
  offices: readonly string[]
  direction: Direction | undefined
  state: string | undefined
}

/** The newest first. @param before the last of the page before */
export function searchHandOvers(
  sql: Sql,
  { offices, direction, state }: HandOverSearch,
  { before, limit }: { before: { at: number; id: string } | null; limit: number },
): Promise<HandOverRow[]> {
  const gave = 'h.from_office = any($1)'
  const got = 'h.to_office = any($1)'
  const side = { given: gave, received: got }
  const whose = direction === undefined ? `(${gave} or ${got})` : side[direction]
  return selectRows(
    sql,
    HAND_OVER,
    `from hand_overs h where ${whose} and ($2::text is null or h.state = $2)
       and ($3::timestamptz is null or (h.offered_at, h.id) < ($3, $4))
     order by h.offered_at desc, h.id desc limit $5`,
    [offices, state ?? null, before && new Date(before.at), before?.id ?? null, limit],
  )
}
