import { z } from 'zod'
import { LEAST_PERCENT } from '../../domain/obligation/sampling.ts'
import { REPLACEMENT_LABELS } from '../../domain/obligation/sampling-words.ts'
import { GROUP_LABELS, STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, instant, officeRef } from './common.ts'

export const newSample = z.strictObject({
  county: z.string().max(200).optional().describe('县局的单位代码;只有一个县时可以不写'),
  seed: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('种子;不写由系统取一个。同一名册、同一种子,抽到同样的户'),
  percent: z
    .number()
    .int()
    .min(LEAST_PERCENT, `县级抽查不少于 ${LEAST_PERCENT}%`)
    .max(100)
    .default(LEAST_PERCENT)
    .describe('每镇抽百分之几,有小数进一'),
  dueOn: day.describe('核查要在哪天以前完成'),
})
export const newReplacement = z.strictObject({
  household: z.string().max(100).describe('要替换的户:名册中的编号;没有名册的,预警事项的编号'),
  reason: coded(REPLACEMENT_LABELS),
})

const counts = z.object({
  population: z.number().describe('名册中的户数'),
  required: z.number().describe('应抽的户数'),
  checked: z.number().describe('已核查、已通过复核的'),
  differing: z.number().describe('其中与镇报送不一致的'),
  short: z.number().describe('还差几户'),
})
export const sampleSummary = z.object({
  id: z.string(),
  county: z.string(),
  campaignId: z.string(),
  seed: z.string(),
  percent: z.number(),
  digest: z.string().describe('名册的摘要,算法见 docs/sampling.md'),
  population: z.number(),
  dueOn: day,
  drawnAt: instant,
})
export const sampleDetail = sampleSummary.extend({
  total: counts,
  towns: z.array(counts.extend({ office: officeRef })),
  households: z.array(
    z.object({
      household: z.string().describe('户在名册中的编号;没有名册的,预警事项的编号'),
      office: officeRef,
      group: coded(GROUP_LABELS),
      place: z.number().describe('在同一镇、同一类中排第几'),
      state: z.enum(['waiting', 'drawn', 'replaced']).describe('waiting 没有抽到,drawn 抽到,replaced 已替换'),
      check: z.object({ id: z.string(), state: coded(STATE_LABELS).nullable() }).nullable(),
      agrees: z.boolean().nullable(),
      replacedFor: coded(REPLACEMENT_LABELS).nullable(),
    }),
  ),
})
export type SampleDetail = z.infer<typeof sampleDetail>
