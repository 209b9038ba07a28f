import { z } from 'zod'
import { PHASE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, instant } from './common.ts'

export const campaign = z.object({
  id: z.string(),
  county: z.string(),
  year: z.number(),
  title: z.string(),
  template: z.string(),
  state: z.enum(['open', 'closed']),
  version: z.number(),
  createdAt: instant,
  closedAt: instant.nullable(),
})
export const newCampaign = z.strictObject({
  county: z.string().max(200).optional().describe('县局单位代码;只有一个县时可不写'),
  year: z.number().int().min(2004).max(2098),
  template: z.enum(['safety-net-2022']).default('safety-net-2022'),
})
const blocker = z.object({
  id: z.string(),
  title: z.string(),
  office: z.string(),
  dueOn: day,
  state: z.string(),
})
export const timeline = z.object({
  campaignId: z.string(),
  phases: z.array(
    z.object({
      code: coded(PHASE_LABELS),
      title: z.string(),
      clause: z.string(),
      opensOn: day,
      dueOn: day,
      state: z.enum(['planned', 'open', 'overdue', 'closed']),
      total: z.number(),
      done: z.number(),
      gate: z.object({
        ready: z.boolean(),
        blockers: z.array(blocker),
        blockerCount: z.number(),
        carriedOver: z.number(),
      }),
      override: z.object({ by: z.string(), reason: z.string() }).nullable(),
    }),
  ),
})
const reason = z.string().trim().min(1, '请写明原因').max(500)
export const campaignAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('override'), phase: coded(PHASE_LABELS), reason }),
  z.strictObject({ action: z.literal('close'), reason }),
])
