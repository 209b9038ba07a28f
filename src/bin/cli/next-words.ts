import type { CommandLine } from './called-as.ts'
import { claimOptions } from './claim-options.ts'
import { isMostlyLate } from './late-words.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import type { ChangeCounts } from './change-counts.ts'
import {
  mappingOptions,
  quoted,
  type SaidMapping,
  saysOfThisFileAlone,
  saysSomething,
} from './said-mapping.ts'

/** What to type next: what registers a checked file, and what says of the next file what was said of this one. */
export function nextWords(
  done: MappedOutcome,
  said: SaidMapping,
  file: string | undefined,
  command: CommandLine,
  changes?: ChangeCounts,
): string[] {
  const { state, kind } = done
  const told = { ...said, refuseUnknown: undefined }
  return [
    ...(state === 'validated' && kind === 'warnings' ? registering(done, command, changes) : []),
    ...(saysSomething(told) && ['applied', 'validated'].includes(state)
      ? [`${rememberedWords(done, told)}${again(done, told, file, command)}`]
      : []),
  ]
}

/** What the next file like this one is not asked. A sheet is remembered once its rows are registered. */
function rememberedWords({ state }: MappedOutcome, told: SaidMapping): string {
  const { sheet, ...rest } = told
  const kept = saysSomething(rest) && !saysOfThisFileAlone(rest)
  const sheetKept = sheet !== undefined && state === 'applied'
  return [
    ...(kept || sheetKept ? ['说明已记住,本县下次这样的文件不再问。'] : []),
    ...(sheet !== undefined && !sheetKept ? ['选的工作表登记以后才记住。'] : []),
  ].join('')
}

/** What registering does; nothing where there is nothing to be done. */
export function actsOf({ accepted }: Pick<MappedOutcome, 'accepted'>, changes?: ChangeCounts): string[] {
  const automatic = changes?.automatic ?? 0
  return [
    ...(accepted > 0 ? [`登记这 ${accepted} 行`] : []),
    ...(automatic > 0 ? [`自动更新 ${automatic} 行`] : []),
  ]
}

/**
 * A line that registers, with all that it does; of nothing to be done it says so, and no line is there to type. Of old rows there are
 * two, and the one that mails nobody about the past comes last: the last line is the one that is copied.
 */
function registering(done: MappedOutcome, command: CommandLine, changes?: ChangeCounts): string[] {
  const { id, silent, forecast, completeFrom = null } = done
  const acts = actsOf(done, changes)
  if (acts.length === 0) return ['没有要登记的行。']
  const besides = completeFrom === null ? [] : ['不撤销任何事项']
  const line = (about: readonly string[], options = '') =>
    `${[...acts, ...besides, ...about].join(',')}:${command(`import --apply ${id}${options}`)}`
  if (isMostlyLate(done)) return [line(['已逾期的照发通知']), line(['已逾期的不发通知'], ' --silent')]
  return [line(silent && (forecast?.alreadyLate ?? 0) > 0 ? ['已逾期的不发通知'] : [])]
}

/** Of a file whose place is not known, the options alone. */
function again(
  done: MappedOutcome,
  told: SaidMapping,
  file: string | undefined,
  command: CommandLine,
): string {
  const options = [mappingOptions(told), ...claimOptions(done), ...(done.silent ? ['--silent'] : [])].join(
    ' ',
  )
  if (file === undefined) return `写在命令里,这一步的说明是:${options}`
  return `写在命令里是:${command(`import ${quoted(file)} ${options}`)}`
}
