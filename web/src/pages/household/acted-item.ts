import type { Household } from './use-household.ts'

type Item = Household['items'][number]

/**
 * The item by which a household is shown in the clear and its twins are looked for: its latest whose household the reader sees.
 * The one that was chosen stays as long as it is among them: a twin that is joined may be later, and what stands open would shut.
 * @param items the earliest first @param before the one chosen so far
 */
export function actedItem(items: readonly Item[], before?: Item): Item | undefined {
  const seen = items.filter(({ subject }) => subject?.name)
  return seen.find(({ id }) => id === before?.id) ?? seen[seen.length - 1]
}
