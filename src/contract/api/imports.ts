import { z } from 'zod'
import { day, flag, instant } from './common.ts'

export const importStates = z
  .enum([
    'validating',
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
    'validating 检查中、validated 检查完毕、applying 登记中、applied 已登记、refused 整个文件不能用、cancelled 已取消、failed 没有完成、undoing 撤回中、undone 已撤回',
  )
const count = z.number()

/** As a list shows it. */
export const importSummary = z.object({
  id: z.string(),
  state: importStates,
  filename: z.string(),
  dryRun: z.boolean(),
  silent: z.boolean(),
  encoding: z.string().nullable(),
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
    .object({ alreadyLate: count, dueToday: count, provisional: count, byDueOn: z.record(day, count) })
    .nullable(),
  problem: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .describe('没有导入(refused、failed)或没有撤回(applied)的原因,以及怎么办'),
  undone: z
    .object({
      cancelled: count,
      forgotten: count.optional().describe('其中连同户的资料一起删去的;其余的有人查看过,留到保存期满'),
      kept: z.array(z.string()).describe('已有人办理、保留下来的编号'),
    })
    .nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  version: count,
})
/** With the first errors; all of them are in errors.csv. */
/** How many errors an import shows. All of them are in errors.csv. */
export const ERRORS_SHOWN = 50
export const importBody = importSummary.extend({
  errors: z.array(z.object({ row: count, column: z.string(), rule: z.string(), message: z.string() })),
})
export const importQuery = z.strictObject({
  dryRun: flag.describe('true:只检查,不登记'),
  silent: flag.describe('登记历史数据:已逾期的不再发通知'),
  county: z.string().max(200).optional().describe('县局的单位代码;只有一个县时可不写'),
})
export const importAction = z.strictObject({ action: z.enum(['apply', 'undo', 'cancel']) })
