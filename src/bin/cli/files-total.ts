import { isMostlyLate } from './late-words.ts'
import type { MappedOutcome } from './mapping-asked.ts'

/** A file of a run, with what came of it; null where it was not taken. */
type Ended = { name: string; done: MappedOutcome | null }

/** What came of each file of a run, and one line that registers all that were only checked. */
export function filesTotal(ended: readonly Ended[], command: (args: string) => string): string {
  const checked = ended.flatMap(({ done }) =>
    done?.state === 'validated' && done.kind === 'warnings' && done.accepted > 0 ? [done] : [],
  )
  return [`\n── 一共 ${ended.length} 个 ──`, ...ended.map(endedLine), ...registering(checked, command)].join(
    '\n',
  )
}

function endedLine({ name, done }: Ended): string {
  if (done === null) return `  ${name}:没有导入,原因见上`
  const { state, registered, accepted, refused, duplicates } = done
  if (state === 'mapping-needed') return `  ${name}:等待说明,什么都没有登记`
  const left = accepted > 0 ? `还没有登记,可以登记 ${accepted}` : '没有要登记的'
  const taken = state === 'applied' ? `登记 ${registered}` : left
  const rest = [
    ...(refused > 0 ? [`没有登记 ${refused}`] : []),
    ...(duplicates > 0 ? [`重复 ${duplicates}`] : []),
  ]
  return `  ${name}:${done.problem ? done.problem.message : [taken, ...rest].join(',')}`
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
