import type { Command } from 'commander'
import { readConfig } from '../config/config.ts'
import { serviceOf, type Service } from './service.ts'

/** Where the service is, for every command that asks it. */
export type ServiceOptions = { data?: string; url?: string; token?: string; json?: boolean }

export function withService(command: Command): Command {
  return command
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--url <网址>', '服务地址(默认读取数据目录)')
    .option('--token <令牌>', '接口令牌(默认读取数据目录)')
    .option('--json', '结果输出为 JSON')
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
