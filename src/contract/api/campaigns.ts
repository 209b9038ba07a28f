import { z } from 'zod'
import { BEGIN_CHOICE_LABELS, MAIL_STATE_LABELS, PHASE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, instant, officeRef } from './common.ts'

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
const wordOf = z.string().trim().min(1, '请写明是谁说的').max(100)
/** How a phase begins that is past when the campaign is launched. */
const phaseChoice = z.discriminatedUnion('as', [
  z.strictObject({
    phase: coded(PHASE_LABELS),
    as: z.literal('done-before'),
    wordOf: wordOf.optional().describe('是谁说已经办结的;不写就是您本人'),
  }),
  z.strictObject({
    phase: coded(PHASE_LABELS),
    as: z.literal('taken-over'),
    dueOn: day.describe('新的到期日'),
  }),
  z.strictObject({ phase: coded(PHASE_LABELS), as: z.literal('late') }),
])
export const newCampaign = z.strictObject({
  county: z.string().max(200).optional().describe('县局单位代码;只有一个县时可不写'),
  year: z.number().int().min(2004).max(2098),
  template: z.enum(['safety-net-2022']).default('safety-net-2022'),
  begin: z
    .array(phaseChoice)
    .max(20)
    .default([])
    .describe(
      '启动时已经过期的阶段怎样开始:done-before 此前已办结,taken-over 接办并另定日期,late 照实逾期;不写的都按 done-before',
    ),
})
const begunAs = coded(BEGIN_CHOICE_LABELS).nullable().describe('启动时已过期的,是怎样开始的;其他为 null')
const originalDueOn = day.nullable().describe('另定了日期的,原定的日期')
export const campaignPreview = z.object({
  county: z.string(),
  year: z.number(),
  mailState: coded(MAIL_STATE_LABELS).describe('准备中的,邮件到开放以后才发'),
  phases: z.array(
    z.object({
      code: coded(PHASE_LABELS),
      title: z.string(),
      opensOn: day,
      dueOn: day,
      begunAs,
      wordOf: z.string().nullable(),
      originalDueOn,
      opensNow: z.boolean().describe('立即登记;否则到日子再登记'),
      items: z.array(
        z.object({
          title: z.string(),
          kind: z.string(),
          dueOn: day,
          begunAs,
          originalDueOn,
          offices: z.number().describe('几个单位各一件'),
        }),
      ),
    }),
  ),
  firstRoundAt: instant.nullable().describe('第一次有人会收到邮件的批次;两周内没有的为 null'),
  mails: z.array(
    z.object({
      person: z.string(),
      name: z.string(),
      office: z.string(),
      lines: z.number().describe('摘要中的行数'),
      obligations: z.number().describe('这些行共多少件'),
    }),
  ),
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
        ofOtherPhases: z.number().describe('待办结的里面,属于其他阶段的件数'),
        byOffice: z
          .array(z.object({ office: officeRef, count: z.number() }))
          .describe('全部待办结的按单位计数,多的在前'),
        byKind: z
          .array(z.object({ kind: z.string(), label: z.string(), count: z.number() }))
          .describe('全部待办结的按种类计数,多的在前'),
        carriedOver: z.number(),
      }),
      override: z.object({ by: z.string(), reason: z.string() }).nullable(),
      begunAs,
      wordOf: z.string().nullable(),
      originalDueOn,
    }),
  ),
})
const reason = z.string().trim().min(1, '请写明原因').max(500)
export const campaignAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('override'), phase: coded(PHASE_LABELS), reason }),
  z.strictObject({ action: z.literal('close'), reason }),
])
