import type { Instant } from '../../domain/time/days.ts'
import type { ListQueue } from '../../domain/obligation/vocabulary.ts'
import type { RowOf } from '../../db/row-types.ts'
import type { obligations } from '../../db/schema/index.ts'
import type { ObligationSearch } from './search-conditions.ts'

type SortedByDay = 'dueAt' | 'holderDueAt' | 'issuedAt'
type SortedByWord = 'level' | 'office' | 'state' | 'kind' | 'externalId'
type SortedBy = SortedByDay | SortedByWord
/** `holderDueAt`: by the due instant of whoever holds it. */
export type Sort = SortedBy | `-${SortedBy}`
export type DaySort = SortedByDay | `-${SortedByDay}`
/** Where the last page ended: an instant, or the word of a sort by words. */
export type After = { at: Instant | string; id: string }

type SortedColumn = 'issuedAt' | 'dueAt' | 'holderDueAt' | 'level' | 'state' | 'kind' | 'externalId'
type SortedRow = RowOf<typeof obligations, SortedColumn> & { officeCode: string }

const RANKS: Record<string, string> = { red: '1', orange: '2', yellow: '3' }
const NO_RANK = '4'

/** Each sort in SQL, and its value in a row that was read; the two are the same. Those by days have an index. */
const SORTS: Record<SortedBy, { text: string; value: (row: SortedRow) => Instant | string }> = {
  dueAt: { text: 'o.due_at', value: (row) => row.dueAt },
  holderDueAt: {
    text: 'coalesce(o.holder_due_at, o.due_at)',
    value: (row) => row.holderDueAt ?? row.dueAt,
  },
  issuedAt: { text: 'o.issued_at', value: (row) => row.issuedAt },
  level: {
    text: `case o.level when 'red' then '1' when 'orange' then '2' when 'yellow' then '3' else '4' end`,
    value: ({ level }) => (level === null ? NO_RANK : (RANKS[level] ?? NO_RANK)),
  },
  office: { text: 'o.office', value: (row) => row.officeCode },
  state: { text: 'o.state', value: (row) => row.state },
  kind: { text: 'o.kind', value: (row) => row.kind },
  externalId: { text: `coalesce(o.external_id, '')`, value: (row) => row.externalId ?? '' },
}

/** All that these select is held by somebody, so that the index by the holder's day serves. */
const HELD: ReadonlySet<ListQueue> = new Set<ListQueue>([
  ...(['pressing', 'held', 'to-perform', 'overdue', 'due-today', 'due-this-week', 'in-review'] as const),
])

export function sortExpression(sort: Sort, { standing }: Pick<ObligationSearch, 'standing'>): string {
  const by = columnOf(sort)
  return by === 'holderDueAt' && standing && HELD.has(standing) ? 'o.holder_due_at' : SORTS[by].text
}

/** The value a page sorted so goes on from. */
export function sortedAt(row: SortedRow, sort: Sort): Instant | string {
  return SORTS[columnOf(sort)].value(row)
}

/** Sorted so, the values are instants. */
export function isByDay(sort: Sort): boolean {
  return (['dueAt', 'holderDueAt', 'issuedAt'] as SortedBy[]).includes(columnOf(sort))
}

/** The same the other way round. */
export function reverseOf(sort: Sort): Sort {
  return sort.startsWith('-') ? columnOf(sort) : `-${columnOf(sort)}`
}

function columnOf(sort: Sort): SortedBy {
  return sort.replace('-', '') as SortedBy
}
