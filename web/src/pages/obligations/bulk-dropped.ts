const KEPT = 'duban.bulk-dropped'

/** The run whose taking back is no longer offered on this page, also once it is read anew. Only the newest is ever offered. */
export const droppedRuns = {
  has: (id: string): boolean => sessionStorage.getItem(KEPT) === id,
  add: (id: string): void => sessionStorage.setItem(KEPT, id),
}
