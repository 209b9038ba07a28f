import type { BulkRunBody } from '../../contract/api/bulk-actions.ts'
import { ANSWERED_AT_ONCE } from '../../domain/obligation/bulk-run.ts'
import { CliError } from './cli-error.ts'

export type BulkAnswer = {
  items: { id: string; done: boolean; refused?: string; message?: string }[]
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

/**
 * What became of them, and how to take it back.
 * @param command a command as this user types it
 */
export function runWords(
  { items }: BulkAnswer,
  run: BulkRunBody | null,
  command: (args: string) => string,
): string {
  if (!run) return ['一件也没有办', ...groupsOf(items)].join('\n')
  const why = run.whyNot.map(
    ({ message, count, ids }) => `  ${count} 件:${message}(${ids.slice(0, NAMED).join('、')})`,
  )
  const back = run.undoUntil ? [`10 分钟内可以整批撤回:${command(`act-on --undo ${run.id}`)}`] : []
  return [headOf(run), ...why, ...groupsOf(unknownIn(items, run)), ...back].join('\n')
}

function headOf({ state, labels, done, refused, skipped, left, undone, kept, problem }: BulkRunBody): string {
  const cut = problem === null ? '' : `。系统出错,没能继续(原因代码 ${problem}),请告诉系统管理员`
  if (state === 'undone')
    return `已撤回 ${undone} 件,没能撤回 ${kept} 件${done > 0 ? `,还有 ${done} 件没有撤回` : ''}${cut}`
  const rest = left > 0 ? `,停止时还剩 ${left} 件` : ''
  return `${labels['action']}:办成 ${done} 件,没有办成 ${refused + skipped} 件${rest}${cut}`
}

/** Those that are not there are no part of the run; a run that was answered at once has its own items in the answer too. */
function unknownIn(items: BulkAnswer['items'], { total, whyNot }: BulkRunBody): BulkAnswer['items'] {
  const named = new Set(whyNot.flatMap(({ ids }) => ids))
  const unknown = Math.max(0, items.length - (total > ANSWERED_AT_ONCE ? 0 : total))
  return items.filter(({ refused, id }) => refused === 'not-found' && !named.has(id)).slice(0, unknown)
}

/** A run of which nothing became anything: a script is told by a failed exit. */
export function isInVain(run: BulkRunBody | null): boolean {
  return run === null || (run.state === 'undone' ? run.undone : run.done) === 0
}

/** Each sentence once. */
function groupsOf(refused: BulkAnswer['items']): string[] {
  const groups = new Map<string, string[]>()
  for (const { id, message = '' } of refused) groups.set(message, [...(groups.get(message) ?? []), id])
  return [...groups].map(
    ([message, ids]) => `  ${ids.length} 件:${message}(${ids.slice(0, NAMED).join('、')})`,
  )
}
