import type { z } from 'zod'
import type { matrix } from '../../contract/api/screenings.ts'
import { SCREENING_COUNT_LABELS, type ScreeningCount } from '../../domain/obligation/result-words.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import type { FileTable, TableCell } from '../../ledgers/file-table.ts'

type Matrix = z.infer<typeof matrix>
type Counts = Record<ScreeningCount, number | null>

const COUNTS = codesOf(SCREENING_COUNT_LABELS)
const NONE = Object.fromEntries(COUNTS.map((count) => [count, null])) as Counts

/** The screening statistics table 排查统计表 (R7): towns down, the five screenings across, each with its counts and coverage. */
export function screeningTable({ screenings, towns }: Matrix): FileTable {
  const labels = [...COUNTS.map((count) => `${SCREENING_COUNT_LABELS[count]}户数`), '覆盖面']
  const rows = towns.map(({ office, cells }) => [
    office.name,
    ...cells.flatMap((cell) => (cell === null ? cellsOf(NONE) : cellsOf(cell))),
  ])
  const sums = screenings.flatMap((_, nth) => cellsOf(sumOf(towns.map(({ cells }) => cells[nth] ?? NONE))))
  return {
    name: '排查统计表',
    heads: [
      [{ text: '单位' }, ...screenings.map(({ title: text }) => ({ text, over: labels.length }))],
      [{ text: '' }, ...screenings.flatMap(() => labels.map((text) => ({ text })))],
    ],
    widths: [16, ...screenings.flatMap(() => labels.map(() => 14))],
    ...{ rows: [...rows, ['合计', ...sums]], aside: 1 },
  }
}

function cellsOf(counts: Counts): TableCell[] {
  return [...COUNTS.map((count) => counts[count]), coverageOf(counts)]
}

/** In percent, rounded down: what is not all of it is not 100. */
function coverageOf({ toScreen, screened }: Counts): string | null {
  if (toScreen === null || toScreen === 0 || screened === null) return null
  return `${Math.floor((screened / toScreen) * 100)}%`
}

function sumOf(of: readonly Counts[]): Counts {
  const sums = COUNTS.map((count) => {
    const given = of.flatMap((one) => one[count] ?? [])
    return [count, given.length === 0 ? null : given.reduce((sum, n) => sum + n, 0)] as const
  })
  return Object.fromEntries(sums) as Counts
}
