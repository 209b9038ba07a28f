import { Command } from 'commander'
import type { ChangeOptions } from './import-changes.ts'
import { saidMapping, type SaidMapping } from './said-mapping.ts'

export type ImportOptions = {
  data?: string
  url?: string
  token?: string
  dryRun?: boolean
  silent?: boolean
  yes?: boolean
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
  sheet?: string[]
  refuseUnknown?: boolean
  without?: string[]
  mappings?: boolean
  list?: boolean
  consistency?: string
  all?: boolean
  forget?: string
  json?: boolean
} & ChangeOptions

/** The options of `duban import`, as `--help` lists them. */
export function importWithOptions(): Command {
  return new Command('import')
    .description(
      '导入平台预警导出文件(Excel 或 CSV),与接口上传完全相同;在终端里先检查、给人看过,再问要不要登记',
    )
    .argument('[文件...]', '.xlsx、.xls 工作簿,或 .csv、.tsv、.txt 文本(UTF-8、GB18030、UTF-16);可以写几个')
    .option('--dry-run', '只检查,不登记')
    .option('--yes', '在终端里也不再问要不要登记,检查没有问题就登记')
    .option('--silent', '登记历史数据:已逾期的不再发通知')
    .option('--map <列名=字段>', '说明一列,如 预警信息编码=预警编号;“列名=-”表示不用(可写多次)', all)
    .option('--word <字段:词=意思>', '说明一个词,如 等级:高风险=红色(可写多次)', all)
    .option('--sheet <表名>', '工作簿里要导入的表;要几张就写几次', all)
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
    .option('--apply <编号>', '登记检查过的导入(几个用逗号隔开),按本县规则自动更新有变的;不撤销任何事项')
    .option('--cancel-withdrawn <编号>', '登记检查过的导入,并且撤销它建议撤销的事项')
    .option('--note <原因>', '与 --cancel-withdrawn 一起用:建议撤销的为什么撤销')
    .option(
      '--consistency <编号>',
      '检查过、还没有登记的文件和台账哪里不同:不实、不准、不全、不一致、更新不及时;先说各几处,再列前 50 处',
    )
    .option('--all', '与 --consistency 一起用:全部列出,台账还没有的行也列出')
    .option('--changes <编号>', '内容有变的行:台账和文件逐项对照')
    .option('--apply-changes <编号>', '采用内容有变的行;只采用几行的加 --rows')
    .option('--dismiss-changes <编号>', '不采用内容有变的行;只办几行的加 --rows')
    .option('--rows <行号>', '与 --apply-changes 或 --dismiss-changes 一起用,例如 3,5')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--url <网址>', '服务地址(默认读取数据目录)')
    .option('--token <令牌>', '接口令牌(默认读取数据目录)')
    .option('--json', '结果输出为 JSON')
}

function all(value: string, before: string[] = []): string[] {
  return [...before, value]
}

/** What is said of a file, and of the sheet of it that is meant. */
export function saidIn(
  { map, word, without, refuseUnknown }: ImportOptions,
  sheet: string | undefined,
): SaidMapping {
  return {
    ...saidMapping({ ...(map && { map }), ...(word && { word }) }),
    ...(sheet !== undefined && { sheet }),
    ...(without && { without }),
    ...(refuseUnknown && { refuseUnknown }),
  }
}
