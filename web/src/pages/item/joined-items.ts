import type { Household } from '../household/use-household.ts'

type Item = Household['items'][number]
export type Joined = { key: string; one: Item; twin: Item; decidedBy: string; decidedAt: string }

/**
 * What somebody has joined to the household of an item and nobody has taken back, of what the reader sees. Where the item itself is
 * one of the two, `twin` is the other.
 */
export function joinedItems({ links, items }: Pick<Household, 'links' | 'items'>, id: string): Joined[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  return links.flatMap(({ same, endedAt, obligation, other, decidedBy, decidedAt }) => {
    const [a, b] = obligation === id ? [obligation, other] : [other, obligation]
    const [one, twin] = [byId.get(a), byId.get(b)]
    if (!same || endedAt !== null || !one || !twin) return []
    return [{ key: `${a}-${b}`, one, twin, decidedBy, decidedAt }]
  })
}
