import { z } from 'zod'
import { day, flag, instant } from './common.ts'

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
const wordFields = z.enum(['level', 'cause', 'group', 'source', 'town'])
const unknownWord = z.object({
  field: wordFields,
  word: z.string(),
  rows: count.describe('有多少行这样写'),
  blocks: z.boolean().describe('true:没有说明就登记不了这些行;false:照样登记,只是这一项留空并备注'),
  formerly: z.string().optional().describe('以前说明过的单位,现在已经没有了'),
})
const wordChoice = z.object({
  ...{ code: z.string(), name: z.string() },
  workingDays: z.number().optional().describe('等级:本县规则要求几个工作日内核查'),
})
/** What an import in `mapping-needed` asks. */
const mappingAsked = z.object({
  columns: z.array(
    z.object({
      name: z.string().describe('文件中的列名'),
      samples: z.array(z.string()).describe('至多三个值,已遮盖'),
      field: z.string().nullable().describe('看来是哪个字段'),
      confidence: z.enum(['certain', 'likely', 'none']).describe('certain 确定、likely 待确认、none 不认识'),
    }),
  ),
  missing: z.array(z.string()).describe('还没有列对应的字段'),
  mayLack: z.array(z.string()).describe('文件里可以没有的字段:用 without 说明没有,就不再问'),
  sheets: z
    .array(z.object({ name: z.string(), rows: count }))
    .describe('工作簿中可能是预警清单的表,要选一张;只有一张时为空'),
  words: z.array(unknownWord).describe('没有人说明过的词,行数多的在前'),
  choices: z.partialRecord(wordFields, z.array(wordChoice)).describe('这些词可以是什么意思'),
})

/** How many errors an import shows. All of them are in errors.csv. */
export const ERRORS_SHOWN = 50
export const importBody = importSummary.extend({
  settles: z.boolean().describe('您可以说明、登记、取消、撤回这次导入'),
  cancels: z.boolean().describe('还没有登记时,您可以取消这次导入:自己单位带来的,始终可以'),
  errors: z.array(
    z.object({
      ...{ row: count, column: z.string(), rule: z.string(), message: z.string() },
      externalId: z.string().nullable().describe('这一行的预警编号;没有留下原来的行、不便显示的为 null'),
      found: z.string().nullable().describe('这一格原来的内容;个人信息已遮盖,不便显示的为 null'),
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
const REFUSE_UNKNOWN = 'true:等级或乡镇不认识的行直接拒绝,再多也不停下来问'
export const importQuery = z.strictObject({
  dryRun: flag.describe('true:只检查,不登记'),
  silent: flag.describe('登记历史数据:已逾期的不再发通知'),
  refuseUnknown: flag.describe(REFUSE_UNKNOWN),
  county: z.string().max(200).optional().describe('县局的单位代码;只有一个县时可不写'),
  kind: z
    .enum(['warnings', 'withdrawals'])
    .optional()
    .describe('withdrawals:平台已撤回的预警编号,检查后列出建议撤销的,登记(apply)时才撤销'),
  complete: flag.describe(
    'true:文件含有 from 到 until 签发的全部预警,其中没有的未办事项列为建议撤销,登记(apply)时才撤销',
  ),
  from: day.optional().describe('complete=true 时:从这一天起签发的'),
  until: day.optional().describe('complete=true 时:到这一天为止,含当天'),
  comparison: z
    .string()
    .max(100)
    .optional()
    .describe('文件是一次数据比对命中的户:那件数据比对的编号。登记的预警和它互相关联'),
})
const said = z.string().max(200)
/** What a file's columns and words mean; fields and meanings by code or by Chinese name. */
export const mappedColumns = z
  .record(z.string(), said.nullable())
  .describe('列名和字段(externalId 或“预警编号”都可以),不用的列写 null')
export const mappedWords = z
  .record(z.string(), z.record(z.string(), said))
  .describe('字段、词和意思:{"level": {"高风险": "red"}},也可以写“等级”“红色”')
export const lackedFields = z
  .array(said)
  .max(20)
  .describe('文件里没有列可以对应的字段,例如 ["idNo"]:不再问,照没有登记')
const settle = <Action extends string>(action: Action) => z.strictObject({ action: z.literal(action) })
export const importAction = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('apply'),
      silent: z.boolean().optional().describe('true:历史数据,已逾期的不再发通知;不写则照上传时说的'),
      note: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .optional()
        .describe('建议撤销的为什么撤销;文件中写了原因的以文件为准'),
      withdraw: z
        .boolean()
        .optional()
        .describe('false:只登记,建议撤销的不撤销,也不再列出;不写或 true:登记并撤销'),
    }),
    settle('undo'),
    settle('cancel'),
    z.strictObject({
      action: z.literal('map'),
      sheet: said.min(1).optional().describe('工作簿中要用的那张表'),
      columns: mappedColumns.optional(),
      words: mappedWords.optional(),
      without: lackedFields.optional(),
      refuseUnknown: z.boolean().optional().describe(REFUSE_UNKNOWN),
    }),
  ])
  .describe('apply 登记、undo 撤回、cancel 取消、map 说明表、列和词')
export type ImportAction = z.infer<typeof importAction>

/** A mapping of columns, or the meaning of one word, that a county has said. */
export const rememberedMapping = z.object({
  id: z.string(),
  county: z.string(),
  columns: z.record(z.string(), z.string().nullable()).nullable().describe('列名和字段;词没有'),
  sheet: z
    .string()
    .nullable()
    .describe('工作簿有这几张表时,用哪一张;columns 为空对象而没有这一项的:几张都导入过,每次都问'),
  word: z
    .object({
      field: wordFields,
      word: z.string(),
      meaning: z.string(),
      label: z.string().nullable().describe('意思的名称;单位已经没有了的为空'),
    })
    .nullable()
    .describe('词和意思;列的对应没有'),
  file: z.string().nullable().describe('说明时导入的文件;词不计,找不到的为空'),
  createdBy: z.string(),
  createdAt: instant,
  uses: count.nullable().describe('用过多少次;词不计'),
  lastUsedAt: instant.nullable(),
})
