import { z } from 'zod'
import { day } from './common.ts'

export const phaseParams = z.object({
  id: z.string().max(100).describe('行动的编号'),
  phase: z.string().max(100).describe('阶段的代码'),
})

export const phaseMove = z.strictObject({
  dueOn: day.describe('新的到期日'),
  dryRun: z.boolean().default(true).describe('true 或不写:只看会挪动哪些,不改;false:改'),
})

export const phaseMoved = z.object({
  phase: z.string(),
  title: z.string(),
  from: day,
  to: day,
  dryRun: z.boolean().describe('true:只是预览,什么也没有改'),
  moved: z
    .array(z.object({ id: z.string(), title: z.string(), office: z.string() }))
    .describe('随阶段改到新日期的'),
  stays: z
    .array(
      z.object({
        ...{ id: z.string(), title: z.string(), office: z.string(), dueOn: day },
        code: z.enum(['handed-in', 'postponed']),
        why: z.string(),
      }),
    )
    .describe('期限不变的,和为什么'),
})
