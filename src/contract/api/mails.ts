import { z } from 'zod'
import { KIND_CODES } from '../../kinds/kinds.ts'
import { codesOf, LEVEL_LABELS, STAGE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { day, flag, instant, officeFilter, officeRef, pageQuery } from './common.ts'

const moment = z.object({ name: z.string(), label: z.string(), at: instant })

export const deadline = z.object({
  id: z.string(),
  office: officeRef,
  rule: z.string(),
  ruleLabel: z.string(),
  kind: z.enum(KIND_CODES),
  level: z.enum(codesOf(LEVEL_LABELS)).nullable(),
  stage: z.enum(codesOf(STAGE_LABELS)),
  dueAt: instant,
  dueOn: day,
  open: z.number(),
  obligationId: z.string().nullable(),
  watchedUntil: instant.nullable(),
})
export const deadlineDetail = deadline.extend({
  planned: z.array(
    moment.extend({ provisional: z.boolean().describe('当年的放假安排尚未公布,日期可能变动') }),
  ),
  fired: z.array(
    moment.extend({
      firedAt: instant,
      collapsedInto: z.string().nullable(),
      members: z.number(),
      told: z.array(
        z.object({
          person: z.string(),
          kind: z.string(),
          state: z.string(),
          mailId: z.string().nullable(),
          mailState: z.string().nullable(),
        }),
      ),
    }),
  ),
})
export const deadlineQuery = z.strictObject({
  office: officeFilter,
  dueFrom: day.optional().describe('到期日不早于'),
  dueTo: day.optional().describe('到期日不晚于'),
  open: flag.default(true).describe('true:还有事项未办结的;false:都已办结的'),
  ...pageQuery,
})

const mailState = z
  .enum(['queued', 'sending', 'accepted', 'failed', 'archived'])
  .describe('queued 待发、sending 正在发、accepted 对方已收下、failed 没有送达、archived 存档未发')

export const mail = z.object({
  id: z.string(),
  messageId: z.string(),
  to: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  subject: z.string(),
  state: mailState,
  attempts: z.number(),
  reply: z.string().nullable(),
  composedAt: instant,
  settledAt: instant.nullable(),
  roundAt: instant,
})
export const mailDetail = mail.extend({
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()),
  why: z.array(z.object({ what: z.string(), because: z.string(), at: instant.nullable() })),
})
export const mailQuery = z.strictObject({
  state: mailState.optional(),
  person: z.string().max(100).optional().describe('人员 id'),
  office: officeFilter.describe('收件人所在单位的代码(见 GET /v1/offices);包含其下级'),
  from: day.optional().describe('批次日期不早于'),
  to: day.optional().describe('批次日期不晚于'),
  ...pageQuery,
})
export const notReached = z.object({
  id: z.string(),
  office: officeRef,
  role: z.string(),
  person: z.string().nullable(),
  reason: z.enum(['vacant', 'undeliverable']),
  passedTo: z.string().nullable(),
  at: instant,
})
