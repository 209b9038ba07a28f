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

/** What the server sorts by under the head of a column. */
export const SORTED: Readonly<Partial<Record<Column, string>>> = {
  ...{ due: 'holderDueAt', holder: 'holder', issued: 'issuedAt', externalId: 'externalId', kind: 'kind' },
}

/** Which way rows are sorted by a field, as `aria-sort` says it. */
export function directionOf(field: string, sort: string): 'ascending' | 'descending' | 'none' {
  return sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : 'none'
}

/** The columns a telephone and a list beside an open item have room for. */
export const NARROW: ReadonlySet<Column> = new Set<Column>(['due', 'holder'])

/** How wide columns are, each in parts of the table: by their names alone, so that none moves with the rows that are listed. */
const PARTS: Readonly<Record<Column | 'item' | 'standing', number>> = {
  ...{ item: 7.5, standing: 3.5, due: 2.6, holder: 3.2, issued: 2.3, externalId: 2.6 },
  ...{ kind: 2.4, cause: 2, group: 2.4, source: 2.2, outcome: 2.6 },
}

/** For a style: the part of one column. */
export const partOf = (column: Column | 'standing') => ({ '--part': PARTS[column] })

/** For a style: the parts of all that is shown, and of what is shown where there is little room. */
export function partsOf(shown: readonly Column[]): Record<string, number> {
  const sum = (columns: readonly Column[]) =>
    columns.reduce((parts, column) => parts + PARTS[column], PARTS.item + PARTS.standing)
  return { '--all': sum(shown), '--narrow': sum(shown.filter((column) => NARROW.has(column))) }
}
