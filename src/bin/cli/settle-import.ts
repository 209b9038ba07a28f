import { askChanges } from './ask-changes.ts'
import { askNumber } from './ask-number.ts'
import type { Ask } from './ask-mapping.ts'
import { commandLineFor } from './called-as.ts'
import type { Choices } from './choices.ts'
import type { ImportOptions } from './import-options.ts'
import { actOnImport, followImport } from './import-steps.ts'
import { importWords } from './import-words.ts'
import { dueLines } from './late-words.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { actsOf } from './next-words.ts'
import { offerErrors } from './offer-errors.ts'
import type { Service } from './service.ts'
import { type CameChanged, changesIn } from './tell-import.ts'

type Person = {
  ask: Ask
  choices: Choices
  /** The file itself, where it is known. */ file?: string | undefined
}

/** Whether somebody is to be asked about a checked file. What cancels obligations has a command of its own. */
export function isToSettle({ state, kind, completeFrom = null }: MappedOutcome): boolean {
  return state === 'validated' && kind === 'warnings' && completeFrom === null
}

/** Registers a checked file on a yes, settles what it changes, and writes down the rows that were refused. */
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
  const command = commandLineFor(options.data)
  const settleChanges = async (found: CameChanged | undefined, done: MappedOutcome) => {
    if (found) await askChanges(service, done.id, found.changed, { ask, command })
    return done
  }
  const found = await changesIn(service, checked)
  const acts = actsOf(checked, found?.changes)
  if (acts.length === 0) {
    console.log('没有可登记的行。')
    return settleChanges(found, checked)
  }
  const late = options.silent ? 0 : (checked.forecast?.alreadyLate ?? 0)
  const ways = late > 0 ? WAYS : [{ name: '登记', silent: options.silent ?? false }]
  const again = late > 0 && choices.silent !== undefined
  const told = late > 0 ? `(${late} 件${again ? '' : '按签发日期'}已经逾期)` : ''
  const question = [`${acts.join(',')}${told}?`, ...dueLines(checked)].join('\n')
  const same = again ? ways.findIndex(({ silent }) => silent === choices.silent) : undefined
  const picked = await askNumber(ask, question, [...ways.map(({ name }) => name), '先不登记'], same)
  const way = ways[picked]
  if (way === undefined) {
    console.log(`没有登记。以后登记:${command(`import --apply ${checked.id}`)}`)
    return checked
  }
  if (late > 0) choices.silent = way.silent
  const action = { action: 'apply', withdraw: false, silent: way.silent }
  const done = await followImport(service, await actOnImport(service, checked.id, action), true)
  const after = await changesIn(service, done)
  console.log(importWords(done, { command, ...after, brief: true, again: choices.several ?? false }))
  if (done.problem) process.exitCode = 1
  return settleChanges(after, done)
}

/** Of old rows somebody chooses whether to mail about the past. A number means the same for each file. */
const WAYS = [
  { name: '登记,已逾期的不发通知(历史数据)', silent: true },
  { name: '登记,已逾期的照发通知', silent: false },
]
