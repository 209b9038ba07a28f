import { basename } from 'node:path'
import { isMostlyLate } from './late-words.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { mainReason } from './refused-words.ts'
import { quoted } from './said-mapping.ts'

/** A file of a run, with what came of it; null where it was not taken. */
type Ended = { name: string; done: MappedOutcome | null; table?: string | undefined }

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
  return [`\n── 一共 ${files} 个 ──`, ...ended.map(endedLine), ...next].join('\n')
}

function endedLine({ name, done, table }: Ended): string {
  if (done === null) return `  ${name}:没有导入,原因见上`
  const { state, registered, accepted, refused, duplicates } = done
  if (state === 'mapping-needed') return `  ${name}:等待说明,什么都没有登记`
  const left = accepted > 0 ? `还没有登记,可以登记 ${accepted}` : '没有要登记的'
  const taken = state === 'applied' ? `登记 ${registered}` : left
  const rest = [
    ...(refused > 0 ? [`没有登记 ${refused}${reasonIn(done)}`] : []),
    ...(duplicates > 0 ? [`重复 ${duplicates}`] : []),
    ...(table === undefined ? [] : [`表在 ${table}`]),
  ]
  return `  ${name}:${done.problem ? done.problem.message : [taken, ...rest].join(',')}`
}

function reasonIn(done: MappedOutcome): string {
  const reason = mainReason(done)
  return reason === null ? '' : `(${reason}${mainReason(done, 1) === null ? '' : ' 等'})`
}

/** One line imports all tables of the run, once they are mended. */
function mending(ended: readonly Ended[], command: (args: string) => string): string[] {
  const tables = ended.flatMap(({ table }) => (table === undefined ? [] : [quoted(basename(table))]))
  const silent = ended.some(({ done }) => done?.silent) ? ' --silent' : ''
  return tables.length === 0 ? [] : [`表改好后再导入:${command(`import ${tables.join(' ')}${silent}`)}`]
}

function undoing(ended: readonly Ended[], command: (args: string) => string): string[] {
  const isRegistered = ended.some(({ done }) => done?.state === 'applied' && done.registered > 0)
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
