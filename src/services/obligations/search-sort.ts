import type { Instant } from '../../domain/time/days.ts'
import type { ListQueue } from '../../domain/obligation/vocabulary.ts'
import type { RowOf } from '../../db/row-types.ts'
import type { obligations } from '../../db/schema/index.ts'
import type { ObligationSearch } from './search-conditions.ts'

type SortedByDay = 'dueAt' | 'holderDueAt' | 'issuedAt'
type SortedByWord = 'level' | 'office' | 'state' | 'holder' | 'kind' | 'externalId'
type SortedBy = SortedByDay | SortedByWord
/** `holderDueAt`: by the due instant of whoever holds it. */
export type Sort = SortedBy | `-${SortedBy}`
export type DaySort = SortedByDay | `-${SortedByDay}`
/** Where the last page ended: an instant, or the word of a sort by words. */
export type After = { at: Instant | string; id: string }

type SortedColumn = 'issuedAt' | 'dueAt' | 'holderDueAt' | 'level' | 'state' | 'stage' | 'kind' | 'externalId'
type SortedRow = RowOf<typeof obligations, SortedColumn> & {
  officeCode: string
  holderCode: string | null
}

/** The gravest first; what has no level comes last. */
const LEVELS = ['red', 'orange', 'yellow'] as const
/** As the work goes: what is to be done, what waits, what is over. */
const STATES = ['returned', 'open', 'submitted', 'suspended', 'accepted', 'cancelled'] as const

/** The place of a code among others, one digit; those that are not named come last. */
function rankOf(code: string | null, codes: readonly string[]): string {
  const nth = codes.indexOf(code ?? '')
  return String(nth < 0 ? codes.length : nth)
}

function rankIn(column: string, codes: readonly string[]): string {
  const whens = codes.map((code, nth) => `when '${code}' then '${nth}'`)
  return `case ${column} ${whens.join(' ')} else '${codes.length}' end`
}

/** Among equals the earliest day of whoever holds it comes first: milliseconds of the instant in so many digits. */
const DAY_DIGITS = 14
const DAY_TEXT = `lpad((extract(epoch from coalesce(o.holder_due_at, o.due_at)) * 1000)::bigint::text, ${DAY_DIGITS}, '0')`
const dayText = ({ holderDueAt, dueAt }: SortedRow) => String(holderDueAt ?? dueAt).padStart(DAY_DIGITS, '0')
/** Byte by byte, whatever order of words the database has: what begins alike stands together. */
const byDay = (text: string) => `(${text} || ' ' || ${DAY_TEXT}) collate "C"`

/**
 * Each sort in SQL, and its value in a row that was read; the two are the same. Those by days have an index. Those by words read what
 * the filters leave, which is what is open on most pages, and keep the first of it: an index for each order would be written with
 * every action.
 */
const SORTS: Record<SortedBy, { text: string; value: (row: SortedRow) => Instant | string }> = {
  dueAt: { text: 'o.due_at', value: (row) => row.dueAt },
  holderDueAt: {
    text: 'coalesce(o.holder_due_at, o.due_at)',
    value: (row) => row.holderDueAt ?? row.dueAt,
  },
  issuedAt: { text: 'o.issued_at', value: (row) => row.issuedAt },
  level: {
    text: byDay(rankIn('o.level', LEVELS)),
    value: (row) => `${rankOf(row.level, LEVELS)} ${dayText(row)}`,
  },
  office: { text: 'o.office', value: (row) => row.officeCode },
  state: {
    text: byDay(rankIn('o.state', STATES)),
    value: (row) => `${rankOf(row.state, STATES)} ${dayText(row)}`,
  },
  // What nobody holds comes last.
  holder: {
    text: byDay(`case when o.stage is null then '1' else '0' || o.holder_office || ' ' || o.stage end`),
    value: (row) => {
      const held = row.stage === null ? '1' : `0${row.holderCode} ${row.stage}`
      return `${held} ${dayText(row)}`
    },
  },
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
