import type { Consistency } from '../../contract/api/consistency.ts'
import type { Service } from './service.ts'

type Finding = Pick<
  Consistency['items'][number],
  'label' | 'row' | 'externalId' | 'what' | 'willRegister' | 'problem'
> & { office: { name: string } | null }
export type ShownConsistency = {
  comparable: boolean
  counts: readonly { label: string }[]
  items: readonly Finding[]
}

/** So many are listed, as on a page; the others are counted. */
const FIRST = 50

/** Shows where a checked file and the ledger differ, by the five kinds of the notice (R11). */
export async function showConsistency(
  service: Service,
  id: string,
  { json, all = false }: { json?: boolean; all?: boolean },
  command: (words: string) => string,
): Promise<void> {
  const shown = await service.call<ShownConsistency>(`/v1/imports/${encodeURIComponent(id)}/consistency`)
  const whole = command(`import --consistency ${id} --all`)
  console.log(json ? JSON.stringify(shown) : consistencyWords(shown, { all, whole }))
}

/**
 * How many of each kind first, then the first of them. New rows are what a file is for: they are counted apart, and listed with `all`.
 * @param whole the command that lists all
 */
export function consistencyWords(
  { comparable, counts, items }: ShownConsistency,
  { all, whole }: { all: boolean; whole: string },
): string {
  if (!comparable) return '这个文件没有检查完,或已经登记,无从核对;请用 --dry-run 检查一个新的文件。'
  const different = items.filter(({ willRegister }) => !willRegister)
  const listed = all ? items : different.slice(0, FIRST)
  const left = all ? 0 : different.length - listed.length
  const fresh = items.length - different.length
  return [
    summary(counts, different, fresh),
    ...(fresh > 0 ? [`另有 ${fresh} 行台账还没有,登记这个文件就有了${all ? '' : `;要列出:${whole}`}。`] : []),
    ...listed.map(lineOf),
    ...(left > 0 ? [`还有 ${left} 处没有列出。全部列出:${whole}`] : []),
  ].join('\n')
}

function summary(counts: ShownConsistency['counts'], different: readonly Finding[], fresh: number): string {
  if (different.length === 0) return fresh > 0 ? '台账已有的行没有不同。' : '和台账没有不同。'
  const told = counts
    .map(({ label }) => ({ label, count: different.filter((one) => one.label === label).length }))
    .filter(({ count }) => count > 0)
  return `和台账不同的 ${different.length} 处:${told.map(({ label, count }) => `${label} ${count} 处`).join(',')}`
}

function lineOf({ label, row, externalId, office, what, problem }: Finding): string {
  const where = [row === null ? '文件里没有' : `第 ${row} 行`, externalId, office?.name].filter(Boolean)
  const raised = problem === null ? '' : `(已登记为问题 ${problem})`
  return `  ${label} ${where.join(' ')}:${what}${raised}`
}
