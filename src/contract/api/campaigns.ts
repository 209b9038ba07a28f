import { z } from 'zod'
import { BEGIN_CHOICE_LABELS } from '../../domain/obligation/begin-phase.ts'
import { COUNTY_MAIL_LABELS, PHASE_LABELS } from '../../domain/obligation/vocabulary.ts'
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
  template: z
    .enum(['safety-net-2022'])
    .default('safety-net-2022')
    .describe('随产品提供的模板;固定日期按这一年的日历,逢休息日的提前到前一个工作日'),
  templateText: z
    .string()
    .min(1)
    .max(200_000)
    .optional()
    .describe(
      '自己的模板,YAML,格式同 templates/safety-net-2022.yaml;写了就不用 template。写的日期就是这一年的,不再按日历挪动',
    ),
  copyOf: z
    .string()
    .max(100)
    .optional()
    .describe(
      '照本县以前的一个行动:各阶段和事项照旧,固定日期按新一年的日历,逢休息日的提前到前一个工作日,前一个工作日在上一年的顺延到后一个',
    ),
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
  moved: z
    .array(
      z.object({
        phase: z.string(),
        item: z.string().nullable().describe('事项的名称;阶段自己的到期日为 null'),
        from: day,
        to: day,
        provisional: z.boolean().describe('那一年的放假安排还没有公布,日期可能再变'),
      }),
    )
    .describe('逢这一年的休息日而挪动的固定日期;自己写的模板不挪'),
  mailState: coded(COUNTY_MAIL_LABELS).describe('准备中的,邮件到开放以后才发'),
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
  holder: z
    .object({ office: z.string(), person: z.string().nullable() })
    .nullable()
    .describe('现在在谁手里;没有指定到人的 person 为 null'),
  told: z.array(z.string()).describe('已经邮件告知的人'),
})
const countsByKind = z.array(z.object({ kind: z.string(), label: z.string(), count: z.number() }))
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
      kinds: countsByKind.describe(
        '本阶段的事项按种类各几件,多的在前;已关闭的是关闭时的,与当时的总数对不上的为空',
      ),
      gate: z.object({
        ready: z.boolean(),
        blockers: z.array(blocker),
        blockerCount: z.number(),
        ofOtherPhases: z
          .number()
          .describe('待办结的里面,不属于本阶段的件数:前面阶段留下的,和没有阶段的救助落实'),
        byOffice: z
          .array(z.object({ office: officeRef, count: z.number() }))
          .describe('全部待办结的按单位计数,多的在前'),
        byKind: countsByKind.describe('全部待办结的按种类计数,多的在前'),
        carriedOver: z.number(),
      }),
      override: z
        .object({
          by: z.string(),
          reason: z.string(),
          at: instant.nullable().describe('何时放行;较早的版本没有记'),
          blockers: z.number().nullable().describe('当时还有几件没有办结'),
          told: z.array(z.string()).nullable().describe('邮件告知了谁;还没有告知的为 null'),
        })
        .nullable(),
      begunAs,
      wordOf: z.string().nullable(),
      originalDueOn,
    }),
  ),
})
const reason = z.string().trim().min(1, '请写明原因').max(500)
export const campaignAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('override'), phase: coded(PHASE_LABELS), reason }),
  z.strictObject({
    action: z.literal('close'),
    reason: reason
      .optional()
      .describe('写了的,未办结的一并放行,只有分管局领导可以;不写的,有未办结的就不能结束'),
  }),
])

export const planText = z.object({
  text: z.string().describe('YAML;改好以后作为 templateText 预览和建立'),
})
