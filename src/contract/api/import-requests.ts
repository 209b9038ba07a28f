import { z } from 'zod'
import { day, flag } from './common.ts'

const REFUSE_UNKNOWN = 'true:等级或乡镇不认识的行直接拒绝,再多也不停下来问'

/** So many rows are mended in place at once. More are mended in a file. */
export const MOST_MENDED = 200

/** How a file is to be read, beside the file itself. */
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
  mends: z
    .string()
    .max(100)
    .optional()
    .describe('文件是一次已登记的导入中有问题、改好了的行:那次导入的编号。两次导入互相链接'),
  mendsRows: z
    .string()
    .regex(/^[1-9]\d{0,6}(,[1-9]\d{0,6})*$/)
    .max(8 * MOST_MENDED)
    .optional()
    .describe(
      '和 mends 一起写:文件各行在那次导入中的行号,按文件中的先后,逗号隔开,例如 4,6;每行写一次。行数和文件不一样的,登记后一行也不算改好',
    ),
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

const mendedRows = z
  .array(
    z.strictObject({
      row: z.number().int().min(1).describe('有问题的行在原文件中的行号'),
      cells: z.record(z.string().max(200), z.string().max(2000)).describe('列名和改成的内容,只写改了的格子'),
    }),
  )
  .min(1)
  .max(MOST_MENDED)

const settle = <Action extends string>(action: Action) => z.strictObject({ action: z.literal(action) })
/** What is done with an import that was read. */
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
    z.strictObject({ action: z.literal('mend'), rows: mendedRows }),
  ])
  .describe('apply 登记、undo 撤回、cancel 取消、map 说明表、列和词、mend 改有问题的行')
export type ImportAction = z.infer<typeof importAction>
