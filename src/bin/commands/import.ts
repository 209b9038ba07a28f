import { Command } from 'commander'
import { answerImport } from '../cli/answer-import.ts'
import { commandLine, commandLineFor } from '../cli/called-as.ts'
import { CliError } from '../cli/cli-error.ts'
import { type ChangeCounts, countChanges } from '../cli/change-counts.ts'
import { type ChangeOptions, handleChanges, type ShownChange } from '../cli/import-changes.ts'
import { printWithdrawals } from '../cli/import-withdrawals.ts'
import { listImports } from '../cli/list-imports.ts'
import { writeErrors } from '../cli/errors-file.ts'
import { actOnImport, followImport, getImport, uploadFile } from '../cli/import-steps.ts'
import { importWords } from '../cli/import-words.ts'
import type { MappedOutcome } from '../cli/mapping-asked.ts'
import { nextWords } from '../cli/next-words.ts'
import { askedWords, notUnderstoodWords } from '../cli/mapping-words.ts'
import { type RememberedBody, rememberedLines } from '../cli/remembered-lines.ts'
import { saidMapping, type SaidMapping, saysSomething } from '../cli/said-mapping.ts'
import { asking } from '../cli/terminal.ts'
import { readConfig } from '../config/config.ts'
import { cancelProposed, registerChecked } from '../cli/register-import.ts'
import { pagesOf, serviceOf, type Service } from '../cli/service.ts'
import { previewWords, type UndoPreview } from '../cli/undo-words.ts'

type Options = {
  data?: string
  url?: string
  token?: string
  dryRun?: boolean
  silent?: boolean
  errors?: string
  undo?: string
  apply?: string
  cancelWithdrawn?: string
  note?: string
  withdrawals?: boolean
  complete?: string
  comparison?: string
  continue?: string
  map?: string[]
  word?: string[]
  sheet?: string
  refuseUnknown?: boolean
  without?: string[]
  mappings?: boolean
  list?: boolean
  forget?: string
  json?: boolean
} & ChangeOptions

export function importCommand(): Command {
  return new Command('import')
    .description('导入平台预警导出文件(Excel 或 CSV),与接口上传完全相同')
    .argument('[文件]', '.xlsx、.xls 工作簿,或 .csv、.tsv、.txt 文本(UTF-8、GB18030、UTF-16)')
    .option('--dry-run', '只检查,不登记')
    .option('--silent', '登记历史数据:已逾期的不再发通知')
    .option('--map <列名=字段>', '说明一列,如 预警信息编码=预警编号;“列名=-”表示不用(可写多次)', all)
    .option('--word <字段:词=意思>', '说明一个词,如 等级:高风险=红色(可写多次)', all)
    .option('--sheet <表名>', '工作簿里要导入的表')
    .option('--without <字段>', '文件里没有这一列,如 身份证号(可写多次)', all)
    .option('--refuse-unknown', '等级或乡镇不认识的行直接拒绝,不停下来问')
    .option('--continue <编号>', '接着一次停下来等待说明的导入')
    .option('--list', '列出最近的导入和编号')
    .option('--mappings', '列出本县记住的列和词')
    .option('--forget <编号>', '忘记一条列或词的对应')
    .option('--errors <文件>', '把没有登记的行连同问题写入这个 CSV 文件,改好后可以直接再导入')
    .option(
      '--undo <编号>',
      '撤回一次导入:还没有人动过的事项全部取消,它撤销和更正过的恢复;先看会怎样的,加 --dry-run',
    )
    .option('--withdrawals', '文件是平台已撤回的预警编号:列出建议撤销的事项,用 --cancel-withdrawn 才撤销')
    .option(
      '--complete <从..到>',
      '文件含有这些天签发的全部预警,例如 2022-06-01..2022-06-30:没有的列为建议撤销,用 --cancel-withdrawn 才撤销',
    )
    .option('--comparison <编号>', '文件是一次数据比对命中的户:那件数据比对的编号,登记的预警和它互相关联')
    .option('--apply <编号>', '登记检查过的导入,按本县规则自动更新有变的;不撤销任何事项')
    .option('--cancel-withdrawn <编号>', '登记检查过的导入,并且撤销它建议撤销的事项')
    .option('--note <原因>', '与 --cancel-withdrawn 一起用:建议撤销的为什么撤销')
    .option('--changes <编号>', '内容有变的行:台账和文件逐项对照')
    .option('--apply-changes <编号>', '采用内容有变的行;只采用几行的加 --rows')
    .option('--dismiss-changes <编号>', '不采用内容有变的行;只办几行的加 --rows')
    .option('--rows <行号>', '与 --apply-changes 或 --dismiss-changes 一起用,例如 3,5')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--url <网址>', '服务地址(默认读取数据目录)')
    .option('--token <令牌>', '接口令牌(默认读取数据目录)')
    .option('--json', '结果输出为 JSON')
    .action(async (file: string | undefined, options: Options) => {
      const config = readConfig(process.env, { DUBAN_DATA: options.data })
      const service = await serviceOf(config, options)
      if (await handleChanges(service, options)) return
      if (options.list) return listImports(service, options)
      if (options.mappings) return showRemembered(service, options)
      if (options.forget !== undefined) return forget(service, options.forget)
      if (options.undo !== undefined && options.dryRun) return previewUndo(service, options.undo, options)
      const started = await start(service, file, options)
      const read = await followImport(service, started, !options.json)
      await tell(service, await answered(service, read, options), file, options)
    })
}

function all(value: string, before: string[] = []): string[] {
  return [...before, value]
}

function saidIn({ map, word, sheet, without, refuseUnknown }: Options): SaidMapping {
  return {
    ...saidMapping({ ...(map && { map }), ...(word && { word }) }),
    ...(sheet !== undefined && { sheet }),
    ...(without && { without }),
    ...(refuseUnknown && { refuseUnknown }),
  }
}

function start(service: Service, file: string | undefined, options: Options): Promise<MappedOutcome> {
  mustFitTogether(options)
  if (options.undo !== undefined) return actOnImport(service, options.undo, { action: 'undo' })
  if (options.apply !== undefined)
    return registerChecked(service, options.apply, options, commandLineFor(options.data))
  if (options.cancelWithdrawn !== undefined) return cancelProposed(service, options.cancelWithdrawn, options)
  const said = saidIn(options)
  if (options.continue === undefined) return uploadFile(service, file, options, said)
  return saysSomething(said)
    ? actOnImport(service, options.continue, { action: 'map', ...said })
    : getImport(service, options.continue)
}

/**
 * An import is checked only from its upload on, and silent from its upload or from when it is registered.
 * @throws CliError for anything else
 */
function mustFitTogether(options: Options): void {
  const { undo, apply, cancelWithdrawn, continue: goOn, silent, dryRun } = options
  const settled = [apply, cancelWithdrawn].filter((id) => id !== undefined)
  if (settled.length > 1)
    throw new CliError('--apply 只登记,--cancel-withdrawn 登记并撤销:只写一个。没有做任何事。')
  const other = undo ?? goOn
  if ((silent && other !== undefined) || (dryRun && (other ?? settled[0]) !== undefined))
    throw new CliError(
      `--silent 和 --dry-run 要和文件一起写(--silent 也可以和 --apply 一起写),没有做任何事。请重新导入:${commandLine('import 文件 --silent')}`,
    )
}

/** Asks where somebody is there to answer. */
async function answered(
  service: Service,
  read: MappedOutcome,
  { json, data }: Options,
): Promise<MappedOutcome> {
  const { stdin: input, stderr: output } = process
  if (read.state !== 'mapping-needed' || json || !input.isTTY || !output.isTTY) return read
  const say = (line: string) => void output.write(`${line}\n`)
  const command = commandLineFor(data)
  const left = `没有登记任何一行。接着来:${command(`import --continue ${read.id}`)}`
  say('')
  return asking({ input, output, left }, (ask) => answerImport(service, read, { ask, tell: say, command }))
}

async function tell(
  service: Service,
  done: MappedOutcome,
  file: string | undefined,
  options: Options,
): Promise<void> {
  const waits = done.state === 'mapping-needed'
  const written = options.errors && !waits ? await writeErrors(service, done, options.errors) : null
  const command = commandLineFor(options.data)
  const changes = options.json ? undefined : await changesIn(service, done)
  const words = { ...written, command, changes }
  if (options.json) console.log(JSON.stringify(done))
  else if (waits) console.log(askedWords(done, command))
  else
    console.log(
      [
        importWords(done, words),
        ...notUnderstoodWords(done, file, command),
        ...nextWords(done, saidIn(options), file, command, changes),
      ].join('\n'),
    )
  if (!options.json) await printWithdrawals(service, done, command)
  if (done.problem || !['applied', 'validated', 'undone'].includes(done.state)) process.exitCode = 1
}

/** Where the rows stand that came again changed; nothing where none did. */
async function changesIn(service: Service, done: MappedOutcome): Promise<ChangeCounts | undefined> {
  if (done.changed === 0 || !['applied', 'validated'].includes(done.state)) return undefined
  return countChanges(await pagesOf<ShownChange>(service, `/v1/imports/${done.id}/changes`))
}

async function showRemembered(service: Service, { json, data }: Options): Promise<void> {
  const { items } = await service.call<{ items: RememberedBody[] }>('/v1/import-mappings')
  console.log(json ? JSON.stringify(items) : rememberedLines(items, commandLineFor(data)))
}

/** What taking back would do; nothing is done. */
async function previewUndo(service: Service, id: string, { json, data }: Options): Promise<void> {
  const preview = await service.call<UndoPreview>(`/v1/imports/${encodeURIComponent(id)}/undo-preview`)
  const undo = commandLineFor(data)(`import --undo ${id}`)
  console.log(json ? JSON.stringify(preview) : previewWords(preview, undo))
}

async function forget(service: Service, id: string): Promise<void> {
  await service.text(`/v1/import-mappings/${encodeURIComponent(id)}`, { method: 'DELETE' })
  console.log('已忘记。下一个这样的文件会再问;已经登记的不变。')
}
