import { z } from 'zod'
import { METHOD_LABELS, PERIOD_LABELS } from '../../domain/obligation/result-words.ts'
import { SOURCE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, officeFilter, officeRef } from './common.ts'
import { hitsFile } from './hits-file.ts'
import { clockFields } from './obligations.ts'

const campaign = z.string().max(100).optional().describe('行动的编号;不写是最近的一个')
const partner = coded(SOURCE_LABELS)
const period = coded(PERIOD_LABELS)

export const quotaQuery = z.strictObject({ campaign })
const quotaLine = z.object({
  partner,
  period,
  required: z.number().describe('全年计划要求的次数'),
  done: z.number(),
  planned: z.number().describe('已立项、还没有逾期的'),
  late: z.number(),
  projectedShortfall: z.number().describe('逾期的仍不办,到阶段结束时还差几次'),
  dueOn: day.nullable().describe('应在哪天前完成;没有立项的为 null'),
  obligations: z.array(z.string()).describe('事项编号'),
  told: z.array(z.object({ id: z.string(), name: z.string() })).describe('已经邮件知会的人'),
  labels: z.record(z.string(), z.string()),
})
export const quota = z.object({
  campaignId: z.string().nullable().describe('还没有行动的为 null'),
  wholeCounty: z.boolean().describe('false:您看不到全县的比对,不列配额'),
  items: z.array(quotaLine),
  shortfall: z.number().describe('各项预计缺口之和'),
})

export const comparisonQuery = z.strictObject({
  campaign,
  office: officeFilter,
  partner: partner.optional(),
  period: period.optional(),
})
export const comparisonLine = z.object({
  id: z.string(),
  title: z.string(),
  office: officeRef,
  byTown: z.boolean().describe('镇级:由镇自行开展'),
  partner: partner.nullable(),
  period: period.nullable(),
  ...clockFields,
  day: day.nullable().describe('开展日期;还没有报送的,以下各项为 null'),
  compared: z.number().nullable(),
  hits: z.number().nullable(),
  raised: z.number().nullable(),
  how: coded(METHOD_LABELS).nullable(),
  digest: z.string().nullable(),
  takesHits: z.boolean().describe('您可以登记它的命中名单'),
  files: z.array(hitsFile).describe('命中文件:导入的编号、行数和登记的预警条数;看不到导入的为空'),
  labels: z.record(z.string(), z.string()),
})
