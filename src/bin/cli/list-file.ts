import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { readConfig } from '../config/config.ts'
import { CliError } from './cli-error.ts'
import { mustBeFile } from './import-steps.ts'
import { serviceOf, type Service } from './service.ts'

/** Where the service is, for every command that asks it. */
export type ServiceOptions = { data?: string; url?: string; token?: string; json?: boolean }
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

export function withService(command: Command): Command {
  return command
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--url <网址>', '服务地址(默认读取数据目录)')
    .option('--token <令牌>', '接口令牌(默认读取数据目录)')
    .option('--json', '结果输出为 JSON')
}

export function withListOptions(command: Command): Command {
  return withService(command)
    .option('--dry-run', '只检查,不登记')
    .option('--keep-good', '有问题的行不登记,其余的登记;不写的,有一行有问题就都不登记')
    .option('--map <列名=字段>', '说明一列,如 户主=name(可写多次)', (value: string, all: string[] = []) => [
      ...all,
      value,
    ])
}

export function serviceFor(options: ServiceOptions): Promise<Service> {
  return serviceOf(readConfig(process.env, { DUBAN_DATA: options.data }), options)
}

/** Lines for a terminal, or all of it as JSON; `none` where there is nothing. */
export function tellList<Item>(
  items: readonly Item[],
  { json }: ServiceOptions,
  { line, none }: { line: (item: Item) => string; none: string },
): void {
  if (json) return console.log(JSON.stringify(items))
  console.log(items.length === 0 ? none : items.map(line).join('\n'))
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
