import { z } from 'zod'
import { CONSISTENCY_LABELS, MOST_FINDINGS } from '../../domain/obligation/consistency.ts'
import { coded, day, officeRef } from './common.ts'

const finding = z.object({
  key: z.string().describe('这一处的编号,登记问题时用'),
  code: coded(CONSISTENCY_LABELS),
  label: z.string(),
  row: z.number().nullable().describe('文件的第几行;文件里没有的为 null'),
  externalId: z.string().nullable(),
  obligation: z.string().nullable().describe('台账中的事项;没有的为 null'),
  office: officeRef.nullable(),
  what: z.string().describe('哪里不同;不含户的个人信息'),
  willRegister: z.boolean().describe('true:新的预警,登记这个文件台账就有了'),
  problem: z.string().nullable().describe('已登记为问题、还在办的事项编号'),
})
export const consistency = z.object({
  comparable: z.boolean().describe('false:文件没有检查完,或已经登记,无从核对;其余为空'),
  counts: z
    .array(
      z.object({ code: coded(CONSISTENCY_LABELS), label: z.string(), rule: z.string(), count: z.number() }),
    )
    .describe('五类各几处'),
  items: z.array(finding).describe('按文件的行号'),
  nextCursor: z.null(),
})
export type Consistency = z.infer<typeof consistency>

export const consistencyProblems = z.strictObject({
  findings: z.array(z.string().max(100)).min(1).max(MOST_FINDINGS).describe('要登记为问题的,各处的 key'),
  dueOn: day.describe('整改期限,不晚于清零阶段的截止日'),
  measure: z.string().trim().max(2000).optional().describe('整改措施;加密保存'),
})
export type ConsistencyProblems = z.infer<typeof consistencyProblems>
export const consistencyRaised = z.object({
  items: z.array(z.object({ key: z.string(), problem: z.string(), office: officeRef })),
})
