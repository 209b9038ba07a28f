import type { Service } from './service.ts'

type Count = { label: string; rule: string; count: number }
type Finding = {
  label: string
  row: number | null
  externalId: string | null
  office: { name: string } | null
  what: string
  problem: string | null
}
export type ShownConsistency = { comparable: boolean; counts: Count[]; items: Finding[] }

/** Shows where a checked file and the ledger differ, by the five kinds of the notice (R11). */
export async function showConsistency(
  service: Service,
  id: string,
  { json }: { json?: boolean },
): Promise<void> {
  const shown = await service.call<ShownConsistency>(`/v1/imports/${encodeURIComponent(id)}/consistency`)
  console.log(json ? JSON.stringify(shown) : consistencyWords(shown))
}

export function consistencyWords({ comparable, counts, items }: ShownConsistency): string {
  if (!comparable) return '这个文件没有检查完,或已经登记,无从核对;请用 --dry-run 检查一个新的文件。'
  if (items.length === 0) return '和台账没有不同。'
  const told = counts.filter(({ count }) => count > 0).map(({ label, count }) => `${label} ${count} 处`)
  return [`和台账不同的 ${items.length} 处:${told.join(',')}`, ...items.map(lineOf)].join('\n')
}

function lineOf({ label, row, externalId, office, what, problem }: Finding): string {
  const where = [row === null ? '文件里没有' : `第 ${row} 行`, externalId, office?.name].filter(Boolean)
  const raised = problem === null ? '' : `(已登记为问题 ${problem})`
  return `  ${label} ${where.join(' ')}:${what}${raised}`
}
