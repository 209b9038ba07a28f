import { z } from 'zod'
import { day, instant } from './common.ts'
import { mappingAsked, unknownWord } from './import-mappings.ts'

export const importStates = z
  .enum([
    'validating',
    'mapping-needed',
    'validated',
    'applying',
    'applied',
    'refused',
    'cancelled',
    'failed',
    'undoing',
    'undone',
  ])
  .describe(
    'validating 检查中、mapping-needed 等待说明列或词、validated 检查完毕、applying 登记中、applied 已登记、refused 整个文件不能用、cancelled 已取消、failed 没有完成、undoing 撤回中、undone 已撤回',
  )
const count = z.number()

/** A row of a checked file that falls due soonest. */
const dueRow = z.object({ row: count, externalId: z.string(), town: z.string(), dueOn: day })

/** As a list shows it. */
export const importSummary = z.object({
  id: z.string(),
  state: importStates,
  filename: z.string(),
  sheet: z.string().nullable().describe('说明过的、或者以前记住的那张表'),
  dryRun: z.boolean(),
  silent: z.boolean(),
  kind: z.enum(['warnings', 'withdrawals']).describe('warnings 预警、withdrawals 平台已撤回的编号'),
  completeFrom: day.nullable().describe('文件含有这一天起签发的全部预警;null:没有这样说'),
  completeUntil: day.nullable().describe('到这一天为止,含当天'),
  comparison: z.string().nullable().describe('文件是哪次数据比对命中的;不是的为 null'),
  reach: z
    .string()
    .nullable()
    .describe(
      '只登记这个单位(一个镇,或全县)的户,只登记新的、不更正台账:镇里比对的命中名单,和别的承办单位自己登记的;其他文件为 null',
    ),
  encoding: z
    .string()
    .nullable()
    .describe(
      '读出的编码:utf-8、utf-8-bom、gb18030、utf-16le、utf-16be;工作簿是 xlsx、xls,名为 .xls 的网页是 html',
    ),
  rows: count,
  accepted: count,
  duplicates: count,
  changed: count,
  refused: count,
  refusedLeft: count.describe('有问题的行里,改好后也没有在另一次导入登记的'),
  mends: z
    .object({ id: z.string(), filename: z.string() })
    .nullable()
    .describe('文件是哪次导入中有问题、改好了的行;不是的为 null'),
  mendedBy: z
    .array(z.object({ id: z.string(), filename: z.string(), state: importStates, rows: count }))
    .describe('这次导入中有问题的行,改好后另成了哪几次导入,早的在前'),
  remarked: count.describe('带着备注登记的行数:其中有没认出的内容,规则是 remark'),
  registered: count,
  byLevel: z.record(z.string(), count),
  byOffice: z.record(z.string(), count),
  forecast: z
    .object({
      ...{ alreadyLate: count, dueToday: count, provisional: count, byDueOn: z.record(day, count) },
      late: z.array(dueRow).optional().describe('检查时已经逾期的,最早到期的至多三行'),
      today: z.array(dueRow).optional().describe('检查时当天到期的,至多三行'),
    })
    .nullable(),
  problem: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .describe('没有导入(refused、failed)或没有撤回(applied)的原因,以及怎么办'),
  undone: z
    .object({
      cancelled: count,
      forgotten: count.optional().describe('其中连同户的资料一起删去的;其余的有人查看过,留到保存期满'),
      kept: z
        .array(z.string())
        .describe(
          '保留下来的编号:已有人办理;命中名单登记的,还有不在本单位、经更正过、别的文件也有的(只列读者看得到的)',
        ),
      restored: count
        .optional()
        .describe('这次导入更正过的先前的预警,有多少件已复原;没有:从前的版本没有复原'),
      left: z
        .array(z.object({ externalId: z.string(), message: z.string() }))
        .optional()
        .describe('没有复原、或只复原了一部分的预警,和原因'),
      reopened: count.optional().describe('这次导入按平台撤回撤销过的,有多少件已恢复,承办和期限照旧'),
      stayed: z
        .array(z.object({ externalId: z.string(), message: z.string() }))
        .optional()
        .describe('撤销过而没有恢复的预警,和原因'),
    })
    .nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  version: count,
})

/** How many errors an import shows. All of them are in errors.csv. */
export const ERRORS_SHOWN = 50
export const importBody = importSummary.extend({
  settles: z.boolean().describe('您可以说明、登记、取消、撤回这次导入'),
  cancels: z.boolean().describe('还没有登记时,您可以取消这次导入:自己单位导入的,始终可以'),
  hasDecided: z.boolean().describe('有更改已经决定采用或不采用:检查完毕的,登记以前不能再重新检查(map、mend)'),
  errors: z.array(
    z.object({
      ...{ row: count, column: z.string(), rule: z.string(), message: z.string() },
      externalId: z.string().nullable().describe('这一行的预警编号;没有留下原来的行、不便显示的为 null'),
      household: z.string().nullable().describe('这一行的户主姓名,已遮盖;不便显示的为 null'),
      found: z.string().nullable().describe('这一格原来的内容;个人信息已遮盖,不便显示的为 null'),
      mendable: z
        .boolean()
        .describe('这一行可以改(mend):留有原来的内容,也不是可能属于别的乡镇、您看不到的行'),
    }),
  ),
  errorGroups: z
    .array(z.object({ rule: z.string(), column: z.string(), rows: count, message: z.string() }))
    .describe('每种问题有多少行;内容相同的重复不计。还在进行时为空,结束后才计数'),
  mapping: mappingAsked.nullable().describe('mapping-needed 时要说明的;其他时候为空'),
  columns: z
    .array(
      z.object({
        ...{ name: z.string(), field: z.string().nullable() },
        confidence: z
          .enum(['certain', 'likely', 'none'])
          .describe('certain 列名说明了、likely 按内容认出的,请核对、none 没有用'),
        samples: z.array(z.string()).describe('至多三个值,已遮盖;不能说明、登记这次导入的人看不到'),
      }),
    )
    .describe('读出的列和对应的字段,没有用的为 null;没有先检查就登记的为空'),
  unknownWords: z.array(unknownWord).describe('文件中没有人说明过的词'),
  skipped: z
    .array(z.object({ row: count, what: z.string() }))
    .describe('不是预警而跳过的行:标题、合计、落款等'),
  otherSheets: z.array(z.string()).describe('工作簿里还可以导入、这次没有读的表'),
  notes: z.array(z.string()).describe('整个文件要说明的:隐藏的行和列也读入了,公式没有存下结果'),
})
