import { z } from 'zod'
import { EXTENSION_STATE_LABELS, SUSPENSION_REASON_LABELS } from '../../domain/obligation/request-words.ts'
import { coded, day, instant, officeRef } from './common.ts'

/** A pause that runs. */
export const suspendedBody = z.object({
  reasonCode: coded(SUSPENSION_REASON_LABELS),
  label: z.string().describe('事由'),
  from: day.describe('这天 24:00 起停止计时'),
  until: day.describe('最晚到这天 24:00,到时自动恢复'),
  approvedBy: z.object({ id: z.string(), name: z.string() }),
})

/** A request for more time, and its answer. */
export const extensionBody = z.object({
  state: coded(EXTENSION_STATE_LABELS),
  label: z.string().describe('答复的结果'),
  workingDays: z.number().describe('申请延长的工作日'),
  grantedDays: z.number().nullable().describe('批准的工作日'),
  askedAt: instant,
  onLastDay: z.boolean().describe('到期前最后一天才申请'),
  office: officeRef.describe('由哪个单位答复'),
  answeredAt: instant.nullable(),
})
