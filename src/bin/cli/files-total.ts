import { basename, dirname, resolve } from 'node:path'
import type { ChangeCounts } from './change-counts.ts'
import { isMostlyLate } from './late-words.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { mainReason, returnedRows } from './refused-words.ts'
import { repeatedCounts } from './repeated-words.ts'
import { quoted } from './said-mapping.ts'

/** A file of a run, with what came of it; null where it was not taken. */
type Ended = {
  name: string
  done: MappedOutcome | null
  table?: string | undefined
  /** Where the rows stand that came again changed. */ changes?: ChangeCounts | undefined
}

/** What came of each file of a run, where its table is, and how to go on: the lines that hold for all of them. */
export function filesTotal(
  ended: readonly Ended[],
  command: (args: string) => string,
  files = ended.length,
): string {
  const checked = ended.flatMap(({ done }) =>
    done?.state === 'validated' && done.kind === 'warnings' && done.accepted > 0 ? [done] : [],
  )
  const next = [...registering(checked, command), ...mending(ended, command), ...undoing(ended, command)]
  return [`\n── 一共 ${files} 个 ──`, ...ended.map((one) => endedLine(one, command)), ...next].join('\n')
}

function endedLine({ name, done, table, changes }: Ended, command: (args: string) => string): string {
  if (done === null) return `  ${name}:没有导入,原因见上`
  const { state, registered, accepted, refused, problem, id } = done
  if (state === 'mapping-needed') return `  ${name}:等待说明,什么都没有登记`
  if (problem) return `  ${name}:${problemIn(problem.message)}`
  const left = accepted > 0 ? `还没有登记,可以登记 ${accepted}` : '没有要登记的'
  const taken = state === 'applied' ? `登记 ${registered}` : left
  const asked = changes?.asked ?? 0
  const rest = [
    ...counted(state === 'applied' ? '更新' : '已更新', changes?.applied),
    ...unchanged(done),
    ...(refused > 0 ? [`没有登记 ${refused}${reasonIn(done)}`] : []),
    ...(table === undefined ? [] : [`表在 ${table}`]),
    ...(asked > 0 ? [`等待确认 ${asked}:${command(`import --changes ${id}`)}`] : []),
  ]
  return `  ${name}:${[taken, ...rest].join(',')}`
}

function counted(what: string, n = 0): string[] {
  return n > 0 ? [`${what} ${n}`] : []
}

/** Rows that brought nothing new; within a file and in the ledger apart, where that is known. */
function unchanged(done: MappedOutcome): string[] {
  const counts = repeatedCounts(done)
  if (counts === null) return counted('重复', done.duplicates)
  return [...counted('没有变化', counts.known + counts.dismissed), ...counted('重复', counts.inFile)]
}

/** The reason alone: the whole sentence stood above. */
function problemIn(message: string): string {
  const [what = message] = message.split(/[。;:,]/)
  return what === message ? message : `没有导入(${what};办法见上)`
}

function reasonIn(done: MappedOutcome): string {
  const reason = mainReason(done)
  return reason === null ? '' : `(${reason}${mainReason(done, 1) === null ? '' : ' 等'})`
}

/** One line imports all tables of the run, once they are mended. */
function mending(ended: readonly Ended[], command: (args: string) => string): string[] {
  const tables = ended.flatMap(({ table, done }) =>
    table === undefined || (done && returnedRows(done) >= done.refused) ? [] : [quoted(fromHere(table))],
  )
  const silent = ended.some(({ done }) => done?.silent) ? ' --silent' : ''
  return tables.length === 0 ? [] : [`表改好后再导入:${command(`import ${tables.join(' ')}${silent}`)}`]
}

/** A path as short as it can be typed in the folder of the command. */
function fromHere(path: string): string {
  return dirname(path) === resolve() ? basename(path) : path
}

function undoing(ended: readonly Ended[], command: (args: string) => string): string[] {
  const isRegistered = ended.some(
    ({ done, changes }) => done?.state === 'applied' && done.registered + (changes?.applied ?? 0) > 0,
  )
  return isRegistered ? [`撤回一个:${command('import --undo 编号')}(编号用 import --list 看)`] : []
}

function registering(checked: readonly MappedOutcome[], command: (args: string) => string): string[] {
  if (checked.length === 0) return []
  const rows = checked.reduce((sum, { accepted }) => sum + accepted, 0)
  const line = `import --apply ${checked.map(({ id }) => id).join(',')}`
  const what = `检查过的 ${checked.length} 个一次登记(${rows} 行)`
  if (!checked.some(isMostlyLate)) return [`${what}:${command(line)}`]
  return [
    `${what},已逾期的照发通知:${command(line)}`,
    `${what},已逾期的不发通知:${command(`${line} --silent`)}`,
  ]
}
