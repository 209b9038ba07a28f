import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { readConfig } from '../config.ts'
import { serviceOf, type Service } from '../service.ts'

type Options = {
  data?: string
  url?: string
  token?: string
  dryRun?: boolean
  silent?: boolean
  json?: boolean
}
type Progress = {
  id: string
  state: string
  rows: number
  accepted: number
  duplicates: number
  changed: number
  refused: number
  problem?: { message: string } | null
}

export function importCommand(): Command {
  return new Command('import')
    .description('导入平台预警导出文件(CSV),与接口上传完全相同')
    .argument('<文件>', 'CSV 文件,UTF-8 或 GB18030')
    .option('--dry-run', '只检查,不登记')
    .option('--silent', '登记历史数据:已逾期的不再发通知')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--url <网址>', '服务地址(默认读取数据目录)')
    .option('--token <令牌>', '接口令牌(默认读取数据目录)')
    .option('--json', '结果输出为 JSON')
    .action(async (file: string, options: Options) => {
      const config = readConfig(process.env, { DUBAN_DATA: options.data })
      const service = await serviceOf(config, options)
      const done = await follow(service, await upload(service, file, options), !options.json)
      console.log(options.json ? JSON.stringify(done) : summary(done))
      if (!['applied', 'validated'].includes(done.state)) process.exitCode = 1
    })
}

async function upload(service: Service, file: string, options: Options): Promise<Progress> {
  const info = await stat(file).catch(() => null)
  if (!info?.isFile()) throw new CliError(`没有文件 ${file}`)
  const form = new FormData()
  form.append('file', await openAsBlob(file), basename(file))
  const query = new URLSearchParams({
    dryRun: String(options.dryRun ?? false),
    silent: String(options.silent ?? false),
  })
  return service.call<Progress>(`/v1/imports?${query}`, { method: 'POST', body: form })
}

async function follow(service: Service, started: Progress, show: boolean): Promise<Progress> {
  for (let last = started; ;) {
    if (!['validating', 'applying'].includes(last.state)) return last
    if (show && process.stderr.isTTY)
      process.stderr.write(`\r${last.state === 'validating' ? '检查' : '登记'}:${last.rows} 行`)
    await sleep(300)
    last = await service.call<Progress>(`/v1/imports/${last.id}`)
  }
}

function summary(done: Progress): string {
  if (done.problem) return `未导入:${done.problem.message}`
  const counted = `共 ${done.rows} 行:接收 ${done.accepted},重复 ${done.duplicates},内容有变 ${done.changed},拒绝 ${done.refused}`
  const state = { applied: '已登记', validated: '检查完毕,尚未登记' }[done.state] ?? done.state
  return `${state}。${counted}。${done.refused > 0 ? `\n错误清单:GET /v1/imports/${done.id}/errors.csv` : ''}`
}
