import { parse as parsePath, resolve } from 'node:path'
import { askNumber } from './ask-number.ts'
import type { Ask } from './ask-mapping.ts'
import { commandLineFor } from './called-as.ts'
import { writeErrors } from './errors-file.ts'
import type { ImportOptions } from './import-options.ts'
import { actOnImport, followImport } from './import-steps.ts'
import { importWords } from './import-words.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { actsOf } from './next-words.ts'
import { mendWords, OPEN_SAFELY } from './refused-words.ts'
import type { Service } from './service.ts'
import { changesIn } from './tell-import.ts'

/** What was answered for a file before: the next one of the run need not be asked, or has it first. */
export type Choices = {
  silent?: boolean
  errors?: boolean
  /** Whether a file was told: explanations are not told again. */ told?: boolean
  /** Whether the run has several files: what holds for all of them is told at its end. */ several?: boolean
  /** The tables of refused rows, by the import. */ tables?: Record<string, string>
}
type Person = { ask: Ask; choices: Choices }

/** Whether somebody is to be asked about a checked file. What cancels obligations has a command of its own. */
export function isToSettle({ state, kind, completeFrom = null }: MappedOutcome): boolean {
  return state === 'validated' && kind === 'warnings' && completeFrom === null
}

/** Registers a checked file on a yes, and writes down the rows that were refused. */
export async function settleImport(
  service: Service,
  checked: MappedOutcome,
  options: ImportOptions,
  person: Person,
): Promise<MappedOutcome> {
  const done = await register(service, checked, options, person)
  if (done.refused > 0 && options.errors === undefined) await offerErrors(service, done, options, person)
  return done
}

async function register(
  service: Service,
  checked: MappedOutcome,
  options: ImportOptions,
  { ask, choices }: Person,
): Promise<MappedOutcome> {
  const acts = actsOf(checked, await changesIn(service, checked))
  if (acts.length === 0) {
    console.log('没有可登记的行。')
    return checked
  }
  const late = options.silent ? 0 : (checked.forecast?.alreadyLate ?? 0)
  const ways = waysFor(late > 0, options.silent, choices)
  const again = late > 0 && choices.silent !== undefined
  const told = late > 0 ? `(${late} 件${again ? '' : '按签发日期'}已经逾期)` : ''
  const named = [...ways.map(({ name }) => name), '先不登记']
  const picked = await askNumber(ask, `${acts.join(',')}${told}?`, named, again)
  const way = ways[picked]
  const command = commandLineFor(options.data)
  if (way === undefined) {
    console.log(`没有登记。以后登记:${command(`import --apply ${checked.id}`)}`)
    return checked
  }
  if (late > 0) choices.silent = way.silent
  const action = { action: 'apply', withdraw: false, silent: way.silent }
  const done = await followImport(service, await actOnImport(service, checked.id, action), true)
  const atEnd = choices.several ?? false
  console.log(
    importWords(done, { command, changes: await changesIn(service, done), brief: true, again: atEnd }),
  )
  if (done.problem) process.exitCode = 1
  return done
}

/** Of old rows somebody chooses whether to mail about the past; what was chosen for a file before comes first. */
function waysFor(isLate: boolean, silent = false, before: Choices): { name: string; silent: boolean }[] {
  if (!isLate) return [{ name: '登记', silent }]
  const quiet = { name: '登记,已逾期的不发通知(历史数据)', silent: true }
  const loud = { name: '登记,已逾期的照发通知', silent: false }
  return before.silent === false ? [loud, quiet] : [quiet, loud]
}

/** Asked once in a run. */
async function offerErrors(
  service: Service,
  done: MappedOutcome,
  { data, silent }: ImportOptions,
  { ask, choices }: Person,
): Promise<void> {
  const isFirst = choices.errors === undefined
  const path = resolve(`${parsePath(done.filename).name}-退回行.csv`)
  const forAll = choices.several ? '(后面的文件也照这样)' : ''
  choices.errors ??=
    (await askNumber(ask, `没有登记的 ${done.refused} 行,写成表去改?${forAll}`, [`写到 ${path}`, '不写'])) ===
    0
  if (!choices.errors) return
  const written = await writeErrors(service, done, path)
  if (choices.tables) choices.tables[done.id] = written.errorsFile
  if (!choices.several) {
    const setting = { ...written, command: commandLineFor(data) }
    return console.log(mendWords(setting, { ...done, silent: silent ?? done.silent }).join('\n'))
  }
  console.log(`没有登记的 ${written.written} 行在 ${written.errorsFile}`)
  if (isFirst) console.log(OPEN_SAFELY)
}
