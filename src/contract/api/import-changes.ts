import { z } from 'zod'
import { CONTENT_LABELS } from '../../domain/obligation/changes.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { officeRef, pageOf } from './common.ts'

const outcome = z
  .enum(['applied', 'asked', 'refused'])
  .describe('applied 按本县规则自动更新、asked 要先确认、refused 事项已经结束,先重启再确认')

/** One field of a change. A village and a text are told as changed, without their values. */
const changedField = z.object({
  field: z.enum(codesOf(CONTENT_LABELS)),
  label: z.string(),
  before: z.string().nullable().describe('台账中的内容;个人信息已遮盖'),
  after: z.string().nullable().describe('文件中的内容;个人信息已遮盖'),
  happens: outcome,
})

/** Where the decision about a change stands. */
export const changeState = z
  .enum(['open', 'applying', 'applied', 'dismissed'])
  .describe('open 待处理、applying 正在写入、applied 已更新、dismissed 不采用')

/** A row of a file whose number the ledger has with other content. */
export const importChange = z.object({
  row: z.number().describe('文件的行号,表头是第 1 行'),
  externalId: z.string(),
  obligation: z.string(),
  fields: z.array(changedField),
  happens: outcome,
  state: changeState,
  due: z
    .object({ from: z.string(), to: z.string() })
    .nullable()
    .describe(
      '到期日从哪天(from)到哪天(to);两个相同的不变;还没有写入的按现在算;没有改等级、乡镇、发布时间的为 null',
    ),
  decidedBy: z.string().nullable(),
})

/** The counts are of all pages. */
export const importChangesPage = pageOf(importChange).extend({
  asked: z.number().describe('还等人决定的行数,不只是这一页的'),
  updated: z.number().describe('已经更新的行数,不只是这一页的'),
})

export const changesAction = z
  .strictObject({
    action: z.enum(['apply', 'dismiss']).describe('apply 采用、dismiss 不采用'),
    rows: z.array(z.int().min(1)).min(1).max(1_000).optional().describe('行号;或者写 all'),
    all: z.literal(true).optional().describe('全部待处理的'),
  })
  .refine(({ rows, all }) => (rows === undefined) !== (all === undefined), {
    path: ['rows'],
    error: '请给出 rows(行号)或者 all: true,只写一个',
  })

export const changesAnswer = z.object({
  decided: z.number().describe('这次决定了几行;采用的稍后写入'),
  refused: z
    .array(z.object({ row: z.number(), message: z.string() }))
    .describe('没有办成的行,最多 200 行;其余不受影响'),
})

/** An obligation that an import proposes to cancel. */
export const importWithdrawal = z.object({
  obligation: z.string(),
  externalId: z.string(),
  row: z.number().nullable().describe('文件的行号;null:完整的导出文件里没有它'),
  title: z.string(),
  reason: z
    .string()
    .nullable()
    .describe('撤回的原因:文件中写的,或登记时说明的;没有获准看户信息和办理说明的为 null'),
  office: officeRef,
  state: z
    .enum(['open', 'cancelled', 'kept'])
    .describe('open 待登记时撤销、cancelled 已撤销、kept 已有人办理或已办结,保留'),
})

/** The count is of all pages. */
export const importWithdrawalsPage = pageOf(importWithdrawal).extend({
  open: z.number().describe('登记时将撤销的件数,不只是这一页的'),
})
