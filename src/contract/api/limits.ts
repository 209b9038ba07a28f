import { z } from 'zod'
import { day, instant } from './common.ts'

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
  assignment: z.enum(['perform', 'review', 'redo']),
  workingDays: z.number().nullable(),
  originalDueOn: day.nullable().describe('启用时接办、另定了日期的,原定的日期'),
  policy: z.object({ id: z.string(), name: z.string(), version: z.number(), example: z.boolean() }),
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
  days: z.array(z.object({ day, working: z.boolean(), reason: dayReason, name: z.string().optional() })),
})
export const policyBody = z.object({
  id: z.string(),
  county: z.string(),
  version: z.number(),
  name: z.string(),
  example: z.boolean(),
  rules: z.array(z.record(z.string(), z.unknown())),
})
