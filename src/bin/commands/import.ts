import { openAsBlob } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import type { ReadFile } from '../../ledgers/mendable-csv.ts'
import { commandLine } from '../cli/called-as.ts'
import { CliError } from '../cli/cli-error.ts'
import { importedFile, problemsToMend, writeMendable } from '../cli/imported-file.ts'
import { readConfig } from '../config/config.ts'
import { type ImportOutcome, importWords } from '../cli/import-words.ts'
import { serviceOf, type Service } from '../cli/service.ts'

type Options = {
  data?: string
  url?: string
  token?: string
  dryRun?: boolean
  silent?: boolean
  errors?: string
  undo?: string
  json?: boolean
}

const RUNNING: Record<string, string> = { validating: '检查', applying: '登记', undoing: '撤回' }

export function importCommand(): Command {
  return new Command('import')
    .description('导入平台预警导出文件(Excel 或 CSV),与接口上传完全相同')
    .argument('[文件]', '.xlsx、.xls 工作簿,或 .csv、.tsv、.txt 文本(UTF-8、GB18030、UTF-16)')
    .option('--dry-run', '只检查,不登记')
    .option('--silent', '登记历史数据:已逾期的不再发通知')
    .option('--errors <文件>', '把没有登记的行连同问题写入这个 CSV 文件,改好后可以直接再导入')
    .option('--undo <编号>', '撤回一次导入:还没有人动过的事项全部取消')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--url <网址>', '服务地址(默认读取数据目录)')
    .option('--token <令牌>', '接口令牌(默认读取数据目录)')
    .option('--json', '结果输出为 JSON')
    .action(async (file: string | undefined, options: Options) => {
      const config = readConfig(process.env, { DUBAN_DATA: options.data })
      const service = await serviceOf(config, options)
      const started = options.undo ? await undo(service, options.undo) : await upload(service, file, options)
      const done = await follow(service, started, !options.json)
      const source = file === undefined || done.problem ? null : await importedFile(file)
      const written = options.errors ? await writeErrors(service, done, options.errors, source) : null
      const words = { source, written, errorsFile: options.errors, command: commandLine }
      console.log(options.json ? JSON.stringify(done) : importWords(done, words))
      if (done.problem || !['applied', 'validated', 'undone'].includes(done.state)) process.exitCode = 1
    })
}

function undo(service: Service, id: string): Promise<ImportOutcome> {
  return service.call<ImportOutcome>(`/v1/imports/${encodeURIComponent(id)}/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'undo' }),
  })
}

async function upload(service: Service, file: string | undefined, options: Options): Promise<ImportOutcome> {
  if (!file) throw new CliError(`要导入哪个文件?例如:${commandLine('import 预警.csv')}`)
  const info = await stat(file).catch(() => null)
  if (!info?.isFile()) throw new CliError(`没有文件 ${file}`)
  const form = new FormData()
  form.append('file', await openAsBlob(file), basename(file))
  const query = new URLSearchParams({
    dryRun: String(options.dryRun ?? false),
    silent: String(options.silent ?? false),
  })
  return service.call<ImportOutcome>(`/v1/imports?${query}`, { method: 'POST', body: form })
}

async function follow(service: Service, started: ImportOutcome, show: boolean): Promise<ImportOutcome> {
  for (let last = started; ;) {
    const doing = RUNNING[last.state]
    if (doing === undefined) return last
    if (show && process.stderr.isTTY) process.stderr.write(`\r${doing}:${last.rows} 行`)
    await sleep(300)
    last = await service.call<ImportOutcome>(`/v1/imports/${last.id}`)
  }
}

/** An import that is taken back has no file at hand: then the list of the service is all there is. */
async function writeErrors(
  service: Service,
  { id, errors }: ImportOutcome,
  path: string,
  source: ReadFile | null,
): Promise<number> {
  const list = await service.text(`/v1/imports/${id}/errors.csv`)
  if (source === null) {
    await writeFile(path, list)
    return errors.length
  }
  return writeMendable(path, source, problemsToMend(list))
}
