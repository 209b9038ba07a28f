import { z } from 'zod'
import { EXTENSION_STATE_LABELS, HAND_OVER_STATE_LABELS } from '../../domain/obligation/request-words.ts'
import { STAGE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, instant, officeRef } from './common.ts'

const dayReason = z.enum(['weekday', 'weekend', 'holiday', 'make-up', 'override'])

export const receipt = z.object({
  start: day,
  dueAt: instant,
  dueOn: day,
  counted: z.array(day),
  skipped: z.array(z.object({ day, reason: dayReason, name: z.string().optional() })),
  madeUp: z.array(z.object({ day, name: z.string() })),
  provisional: z.boolean(),
})
export const obligationReceipt = receipt.extend({
  assignment: coded(STAGE_LABELS),
  workingDays: z.number().nullable().describe('null:文件规定的固定日期,不逐日计算'),
  originalDueOn: day.nullable().describe('启用时接办、另定了日期的,原定的日期'),
  basis: z.string().nullable().describe('固定日期依据的文件和条款'),
  /** The parts that moved the day. */
  pauses: z
    .array(
      z.object({
        from: day.describe('这天 24:00 起停止计时'),
        until: day.describe('批准的最晚一天'),
        resumedOn: day.nullable().describe('恢复的那天;还在暂停的为 null'),
        workingDays: z.number().describe('停止计时的工作日'),
        reason: z.string().describe('事由'),
        approvedBy: z.string(),
        resumedBy: z.string().nullable().describe('到时自动恢复的为 null'),
      }),
    )
    .describe('暂停的台账'),
  extensions: z
    .array(
      z.object({
        askedOn: day,
        askedBy: z.string(),
        workingDays: z.number().describe('申请延长的工作日'),
        grantedDays: z.number().nullable(),
        state: coded(EXTENSION_STATE_LABELS),
        label: z.string(),
        onLastDay: z.boolean().describe('到期前最后一天才申请'),
        answeredOn: day.nullable(),
        answeredBy: z.string().nullable(),
        waitedDays: z.number().describe('等答复等过了到期日的工作日,不计入时限'),
      }),
    )
    .describe('延期的台账'),
  handOvers: z
    .array(
      z.object({
        from: officeRef,
        to: officeRef,
        offeredOn: day,
        offeredBy: z.string(),
        state: coded(HAND_OVER_STATE_LABELS),
        label: z.string(),
        answeredOn: day.nullable(),
        answeredBy: z.string().nullable(),
        heldDays: z.number().nullable().describe('移出单位占用的工作日,接收时算定;起算日和期限不变'),
      }),
    )
    .describe('移交的台账:谁占用了几个工作日'),
  paused: z.array(day).describe('起算日到到期日之间停止计时的工作日'),
  policy: z.object({ id: z.string(), name: z.string(), version: z.number(), example: z.boolean() }),
  rule: z
    .string()
    .nullable()
    .describe('规则中定这个时限的一条,如“红色预警核查”;固定日期的、规则里没有的为 null'),
})
export const previewBody = z
  .strictObject({
    start: day,
    workingDays: z.number().int().min(1).max(366).optional(),
    dueOn: day.optional(),
  })
  .refine((of) => (of.workingDays === undefined) !== (of.dueOn === undefined), {
    path: ['workingDays'],
    message: '请在 workingDays 和 dueOn 中给出一个',
  })
export const calendarYear = z.object({
  year: z.number(),
  covered: z.boolean(),
  days: z.array(
    z.object({
      day,
      working: z.boolean(),
      reason: dayReason,
      name: z.string().optional(),
      source: z.string().optional().describe('依据'),
    }),
  ),
  office: z.string().describe('这是哪个单位的日历'),
  own: z.array(day).describe('只用于这个单位的日子'),
})
