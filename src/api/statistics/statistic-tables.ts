import type { Statistics } from '../../contract/api/statistics.ts'
import { ACROSS_LABELS, SPAN_LABELS } from '../../domain/obligation/statistic.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { type FileTable, type Head, plainTable, type TableCell } from '../../ledgers/file-table.ts'

type Tally = Statistics['total']

/** A statistic as it stands in a file: items and households of each column side by side, sums below. */
export function statisticTable({ across, down, columns, items, totals, total }: Statistics): FileTable {
  const places: Head[] = [{ text: '单位' }, ...(down === 'village' ? [{ text: '村(已遮盖)' }] : [])]
  const groups = [...columns.map(({ label }) => label), '合计'].map((text) => ({ text, over: 2 }))
  const line = (names: readonly TableCell[], tallies: readonly Tally[]): TableCell[] => [
    ...names,
    ...tallies.flatMap(({ items: count, households }) => [count, households]),
  ]
  const rows = items.map(({ office, village, cells, total: ofRow }) =>
    line([office.name, ...(village === null ? [] : [village])], [...cells, ofRow]),
  )
  const sums = line(['合计', ...places.slice(1).map(() => null)], [...totals, total])
  return {
    name: ACROSS_LABELS[across],
    heads: [
      [...places, ...groups],
      [...places.map(() => ({ text: '' })), ...groups.flatMap(() => [{ text: '件' }, { text: '户' }])],
    ],
    widths: [16, ...places.slice(1).map(() => 14), ...groups.flatMap(() => [8, 8])],
    ...{ rows: [...rows, sums], aside: 1 },
  }
}

/**
 * What a statistic counts, as a sheet of its own: a number without its question says nothing.
 * @param by what it is counted by, where several sheets of one file are each counted by another
 */
export function questionTable(
  of: Statistics,
  asOf: string,
  by: string = ACROSS_LABELS[of.across],
): FileTable {
  const { kind, span, from, to, rules } = of
  const days = `${SPAN_LABELS[span]} ${from ?? '不限'} 至 ${to ?? '不限'}`
  const rows = [
    ['统计', `${KIND_LABELS[kind]},按${by}`],
    ['时段', days],
    ['截至', asOf],
    ['件数', rules.items],
    ['户数', rules.households],
  ]
  const columns = [
    ['项目', 10],
    ['内容', 80],
  ] as const
  return { ...plainTable('说明', columns, rows), aside: rows.length }
}
