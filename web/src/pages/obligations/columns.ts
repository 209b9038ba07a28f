import { ref } from 'vue'

/** The columns a list may have beside the obligation and its clock, in their order. */
export const COLUMNS = [
  ...(['due', 'holder', 'issued', 'externalId', 'kind', 'cause', 'group', 'source', 'outcome'] as const),
]
export type Column = (typeof COLUMNS)[number]
const FIRST: readonly Column[] = ['due', 'holder', 'issued', 'externalId']
const KEPT = 'duban.list.columns'

/** What this device keeps; a column that nobody knows any more is dropped. */
export function columnsIn(kept: string | null): Column[] {
  if (kept === null) return [...FIRST]
  const names = kept.split(',')
  return COLUMNS.filter((column) => names.includes(column))
}

/** The columns that are shown, kept on this device. */
export const shownColumns = ref(columnsIn(localStorage.getItem(KEPT)))

export function toggleColumn(column: Column): void {
  const names = new Set(shownColumns.value)
  if (!names.delete(column)) names.add(column)
  shownColumns.value = COLUMNS.filter((each) => names.has(each))
  localStorage.setItem(KEPT, shownColumns.value.join(','))
}
