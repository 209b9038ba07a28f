import { parse as parsePath } from 'node:path'
import { askNumber } from './ask-number.ts'
import type { Ask } from './ask-mapping.ts'
import { commandLineFor } from './called-as.ts'
import { writeErrors } from './errors-file.ts'
import type { ImportOptions } from './import-options.ts'
import { actOnImport, followImport } from './import-steps.ts'
import { importWords } from './import-words.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { actsOf } from './next-words.ts'
import { mendWords } from './refused-words.ts'
import type { Service } from './service.ts'
import { changesIn } from './tell-import.ts'

/** What was answered for a file before: the next one of the run need not be asked, or has it first. */
export type Choices = { silent?: boolean; errors?: boolean }
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
    console.log('没有要登记的行。')
    return checked
  }
  const late = options.silent ? 0 : (checked.forecast?.alreadyLate ?? 0)
  const ways = waysFor(late > 0, options.silent, choices)
  const told = late > 0 ? `(${late} 件按签发日期已经逾期)` : ''
  const picked = await askNumber(ask, `${acts.join(',')}${told}?`, [
    ...ways.map(({ name }) => name),
    '先不登记',
  ])
  const way = ways[picked]
  const command = commandLineFor(options.data)
  if (way === undefined) {
    console.log(`没有登记。以后登记:${command(`import --apply ${checked.id}`)}`)
    return checked
  }
  if (late > 0) choices.silent = way.silent
  const action = { action: 'apply', withdraw: false, silent: way.silent }
  const done = await followImport(service, await actOnImport(service, checked.id, action), true)
  console.log(importWords(done, { command, changes: await changesIn(service, done), brief: true }))
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
  const before = choices.errors
  const path = `${parsePath(done.filename).name}-退回行.csv`
  choices.errors ??=
    (await askNumber(ask, `没有登记的 ${done.refused} 行,写成表去改?`, [
      `写到当前目录的 ${path}`,
      '不写',
    ])) === 0
  if (!choices.errors) return
  const written = await writeErrors(service, done, path)
  const setting = { ...written, command: commandLineFor(data), brief: before !== undefined }
  console.log(mendWords(setting, { ...done, silent: silent ?? done.silent }).join('\n'))
}
