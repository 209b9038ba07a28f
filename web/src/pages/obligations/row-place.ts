/** Where somebody stands in a list: on a row, and at which place it was when it was last listed. */
export type Place = { id: string | null; nth: number }

/**
 * The row one further. Where the one somebody stood on has left the list, whatever came after has its place, so that nobody begins at the
 * top again after each thing that is done.
 */
export function neighbourOf(ids: readonly string[], { id, nth }: Place, by: 1 | -1): string | undefined {
  const here = id === null ? -1 : ids.indexOf(id)
  if (here >= 0) return ids[here + by]
  if (id === null) return by === 1 ? ids[0] : undefined
  return ids[by === 1 ? nth : nth - 1]
}

/**
 * At which place somebody stands now. Where their row has left the list, perhaps with others, it is behind those before it that are
 * still listed.
 * @param before the rows as they were listed when the place was reckoned
 */
export function nthNow(ids: readonly string[], { id, nth }: Place, before: readonly string[] = []): number {
  const here = ids.indexOf(id ?? '')
  if (here >= 0) return here
  const listed = new Set(ids)
  return before.slice(0, nth).filter((one) => listed.has(one)).length
}

/** All rows from one to another, both included, whichever comes first; the other alone where the one is not listed. */
export function rowsBetween(ids: readonly string[], from: string | null, to: string): readonly string[] {
  const [first, last] = [ids.indexOf(from ?? to), ids.indexOf(to)].sort((a, b) => a - b)
  return first === undefined || last === undefined || first < 0 ? [to] : ids.slice(first, last + 1)
}

/** What is chosen once a row's box was pressed: `rows`, it among them, take the state that the box shows now. */
export function chosenWith(chosen: ReadonlySet<string>, id: string, rows: readonly string[]): Set<string> {
  if (!chosen.has(id)) return new Set([...chosen, ...rows])
  const left = new Set(chosen)
  for (const row of rows) left.delete(row)
  return left
}
