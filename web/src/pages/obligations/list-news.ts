/** So much of a row tells whether it is still what is shown. */
export type Glance = { id: string; version: number }
/** Rows as they are now. @param isWhole whether there are no further ones */
export type Glances = { rows: readonly Glance[]; isWhole: boolean }

/**
 * How many rows are other than those that are shown. Of a list that goes on, what comes up from behind for one that has left is no
 * news, nor is what one that is new pushes out.
 */
export function newsOf(shown: Glances, now: Glances): number {
  const before = new Map(shown.rows.map(({ id, version }) => [id, version]))
  const after = new Map(now.rows.map(({ id, version }) => [id, version]))
  const changed = now.rows.filter(({ id, version }) => (before.get(id) ?? version) !== version).length
  const left = shown.rows.filter(({ id }) => !after.has(id)).length
  const added = now.rows.filter(({ id }) => !before.has(id)).length
  return changed + (shown.isWhole && now.isWhole ? left + added : Math.max(left, added))
}
