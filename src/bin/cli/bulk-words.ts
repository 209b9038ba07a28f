import type { BulkRunBody } from '../../contract/api/bulk-actions.ts'
import { CliError } from './cli-error.ts'

export type BulkAnswer = {
  items: { id: string; done: boolean; message?: string }[]
  run: BulkRunBody | null
}
/** What is chosen and what is filled in, as it was typed. */
export type BulkChoice = { filter?: string[]; expect?: string; set?: string[] }

const FLAGS = ['overdue', 'mine', 'officeOnly']
const NUMBERS = ['days', 'grantedDays']
const NAMED = 3

/** The body of the request, but for the count. @throws CliError */
export function bodyOf(
  action: string,
  ids: readonly string[],
  { filter = [], set = [] }: BulkChoice,
): { ids?: readonly string[]; filter?: Record<string, unknown>; action: Record<string, unknown> } {
  if (ids.length > 0 === filter.length > 0)
    throw new CliError('请写事项的编号,或者用 --filter 选;两样只写一样。')
  const fields = valuesOf('--set', set, (name, value) => (NUMBERS.includes(name) ? Number(value) : value))
  return { ...(ids.length > 0 ? { ids } : { filter: filterOf(filter) }), action: { action, ...fields } }
}

function filterOf(filter: readonly string[]): Record<string, unknown> {
  return valuesOf('--filter', filter, (name, value) => (FLAGS.includes(name) ? value === 'true' : value))
}

function valuesOf(
  option: string,
  pairs: readonly string[],
  read: (name: string, value: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new CliError(`${option} 写成 名称=值 这样,收到 ${pair}。`)
      return [pair.slice(0, at), read(pair.slice(0, at), pair.slice(at + 1))]
    }),
  )
}

export function progressWords({ state, labels, total, left, done, undone, kept }: BulkRunBody): string {
  return state === 'undoing'
    ? `正在撤回:${undone + kept} 件,共 ${undone + kept + done} 件`
    : `正在${labels['action']}:${total - left} 件,共 ${total} 件`
}

/** What a dry run found. @param count how many were chosen; only the first thousand are tried */
export function answerWords({ items }: BulkAnswer, count: number): string {
  const refused = items.filter(({ done }) => !done)
  const tried = items.length < count ? `,试算了前 ${items.length} 件` : ''
  const head = `选中 ${count} 件${tried}:办得成 ${items.length - refused.length} 件,办不成 ${refused.length} 件`
  const next = `没有改动。按条件选的,要办理请去掉 --dry-run,加上 --expect ${count}`
  return [head, ...groupsOf(refused), next].join('\n')
}

/** What became of them, and how to take it back. */
export function runWords({ items }: BulkAnswer, run: BulkRunBody | null): string {
  const unknown = items.filter(({ done, id }) => !done && !run?.whyNot.some(({ ids }) => ids.includes(id)))
  if (!run) return ['一件也没有办', ...groupsOf(unknown)].join('\n')
  const { labels, done, refused, skipped, left, undone, kept, state, whyNot } = run
  const head =
    state === 'undone'
      ? `已撤回 ${undone} 件,没能撤回 ${kept} 件`
      : `${labels['action']}:办成 ${done} 件,没有办成 ${refused + skipped} 件${left > 0 ? `,停止时还剩 ${left} 件` : ''}`
  const why = whyNot.map(
    ({ message, count, ids }) => `  ${count} 件:${message}(${ids.slice(0, NAMED).join('、')})`,
  )
  const gone = groupsOf(unknown)
  const back = run.undoUntil ? [`10 分钟内可以整批撤回:duban act-on --undo ${run.id}`] : []
  return [head, ...why, ...gone, ...back].join('\n')
}

/** Each sentence once. */
function groupsOf(refused: BulkAnswer['items']): string[] {
  const groups = new Map<string, string[]>()
  for (const { id, message = '' } of refused) groups.set(message, [...(groups.get(message) ?? []), id])
  return [...groups].map(
    ([message, ids]) => `  ${ids.length} 件:${message}(${ids.slice(0, NAMED).join('、')})`,
  )
}
