import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { CliError } from './cli-error.ts'
import { mustBeFile } from './import-steps.ts'
import type { Service } from './service.ts'
import { serviceFor, type ServiceOptions, withService } from './service-options.ts'

/** How a list from a file is taken. */
export type ListOptions = ServiceOptions & {
  dryRun?: boolean
  keepGood?: boolean
  county?: string
  map?: string[]
}
type Fault = { row: number; column: string; value: string; message: string }
/** What the API answers about every list. */
export type ListAnswer = { read: number; good: number; bad: number; faults: Fault[] }

/** As many faults as a terminal shows; the others are in the answer as JSON. */
const SHOWN = 50

export function withListOptions(command: Command): Command {
  return withService(command)
    .option('--dry-run', '只检查,不登记')
    .option('--keep-good', '有问题的行不登记,其余的登记;不写的,有一行有问题就都不登记')
    .option('--map <列名=字段>', '说明一列,如 户主=name(可写多次)', (value: string, all: string[] = []) => [
      ...all,
      value,
    ])
}

/** What a command says of its own list beside the faults: whether it was registered, and the lines of what it came to. */
type Telling<T> = { isRegistered: (answer: T) => boolean; words: (answer: T) => string[] }

/** Sends a list and tells what came of it. @throws CliError when there is no such file, or it was refused as a whole */
export async function importList<T extends ListAnswer>(
  path: string,
  file: string,
  options: ListOptions,
  { isRegistered, words }: Telling<T>,
): Promise<void> {
  const answer = await sendList<T>(await serviceFor(options), path, file, options)
  const refused = tellRefused(answer, isRegistered(answer), options)
  if (options.json) return console.log(JSON.stringify(answer))
  console.log([...listWords(answer), ...words(answer), ...refused].join('\n'))
}

/** Sends a list. @throws CliError when there is no such file, or it was refused as a whole */
export async function sendList<T extends ListAnswer>(
  service: Service,
  path: string,
  file: string,
  { dryRun = false, keepGood = false, county, map = [] }: ListOptions,
): Promise<T> {
  await mustBeFile(file)
  const form = new FormData()
  if (map.length > 0) form.append('columns', JSON.stringify(Object.fromEntries(map.map(columnOf))))
  form.append('file', await openAsBlob(file), basename(file))
  const query = new URLSearchParams({
    dryRun: String(dryRun),
    keepGood: String(keepGood),
    ...(county && { county }),
  })
  return service.call<T>(`${path}?${query}`, { method: 'POST', body: form })
}

function columnOf(text: string): [string, string] {
  const at = text.lastIndexOf('=')
  if (at < 1) throw new CliError(`--map 写成 列名=字段 这样,收到 ${text}。`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** What was read, and each fault with its row, column and what to do. */
export function listWords({ read, good, bad, faults }: ListAnswer): string[] {
  const rows = faults.slice(0, SHOWN).map(({ row, column, message }) => `  第 ${row} 行 ${column}:${message}`)
  const more = faults.length > SHOWN ? [`  其余 ${faults.length - SHOWN} 处用 --json 查看`] : []
  return [`读到 ${read} 行,没有问题的 ${good} 行,有问题的 ${bad} 行`, ...rows, ...more]
}

/** Nothing of a file with a bad row is registered unless that is asked for. A failed exit tells a script. */
export function tellRefused(
  { bad }: ListAnswer,
  isRegistered: boolean,
  { dryRun = false }: ListOptions,
): string[] {
  if (isRegistered || dryRun) return dryRun ? ['只检查了,什么也没有登记。'] : []
  process.exitCode = 1
  return bad > 0
    ? ['有问题的行改好以前,什么也没有登记。改好后再来一次;只登记没有问题的行,加 --keep-good。']
    : ['没有可以登记的行。']
}
