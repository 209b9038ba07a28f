import { byWorst } from '../domain/obligation/worst-offices.ts'
import type { DigestEntry } from './digest-types.ts'
import { distinct, standing, total } from './digest-state.ts'

/** One office in a leader's table; `–` where there is nothing. */
export type OfficeRow = { office: string; late: string; longest: string; today: string; all: string }

const SHOWN = 5

/** The five worst offices, as pages rank them too; where nothing is late, most due today comes first. */
export function worstOffices(entries: readonly DigestEntry[]): { rows: OfficeRow[]; others: number } {
  const sums = [...byOffice(distinct(entries))].map(([office, list]) => sumOf(office, list))
  sums.sort((a, b) => byWorst(a, b) || b.today - a.today || b.all - a.all)
  return { rows: sums.slice(0, SHOWN).map(rowOf), others: Math.max(0, sums.length - SHOWN) }
}

function byOffice(entries: DigestEntry[]): Map<string, DigestEntry[]> {
  const offices = new Map<string, DigestEntry[]>()
  for (const entry of entries)
    offices.set(entry.officeName, [...(offices.get(entry.officeName) ?? []), entry])
  return offices
}

function sumOf(office: string, entries: DigestEntry[]) {
  const late = standing(entries, 'overdue')
  return {
    office,
    late: total(late),
    lateRed: total(late.filter((e) => e.level === 'red')),
    longest: Math.max(0, ...late.map((e) => e.overdueWorkingDays)),
    today: total(standing(entries, 'due-today')),
    all: total(entries),
  }
}

function rowOf(sum: ReturnType<typeof sumOf>): OfficeRow {
  return {
    office: sum.office,
    late: sum.late > 0 ? `▲ ${sum.late}` : '–',
    longest: sum.longest > 0 ? `${sum.longest} 个工作日` : '–',
    today: sum.today > 0 ? String(sum.today) : '–',
    all: String(sum.all),
  }
}
