import { z } from 'zod'
import { day, instant } from './common.ts'
import { effect, expectedCount } from './recounts.ts'

const MOST_TEXT = 200_000

const authorship = {
  reason: z.string().trim().min(2).max(500).describe('为什么改'),
  validFrom: day.optional().describe('从哪天起用于新任务;不写就是现在'),
}
/** A version as lists show it. */
export const policyBody = z.object({
  id: z.string(),
  county: z.string(),
  version: z.number(),
  name: z.string(),
  example: z.boolean(),
  rules: z
    .array(z.record(z.string(), z.unknown()))
    .describe('规则条目;groups、causes 写明只用于哪些重点人群、致贫返贫因素,没有写的不分'),
  author: z.string().nullable().describe('谁写的;随县建立的为 null'),
  reason: z.string().nullable(),
  validFrom: day.nullable(),
  createdAt: instant,
  current: z.boolean().describe('现在用于新任务的一版'),
  open: z.number().describe('按这一版办理的在办事项'),
})

export const newPolicyBody = z.strictObject({
  county: z.string().max(200).optional().describe('县局的单位代码;只有一个县时可不写'),
  text: z.string().min(1).max(MOST_TEXT).describe('规则文件的全文,YAML 或 JSON'),
  file: z.string().trim().min(1).max(100).optional().describe('文件名,有问题时用来说明是哪个文件'),
  version: z
    .int()
    .min(1)
    .optional()
    .describe('试算时得到的是第几版;这期间别人发布过的,返回 412,请照新的一版再试算'),
  ...authorship,
})
export const restoredPolicyBody = z.strictObject(authorship)
export const rebaseBody = z.strictObject({ expectedCount })

const differences = z
  .array(z.object({ rule: z.string().describe('规则名称'), changes: z.array(z.string()) }))
  .describe('与现行一版的不同,逐条规则')

/** A version that was checked, or published. */
export const newPolicy = z.object({
  dryRun: z.boolean(),
  id: z.string().nullable().describe('发布后的编号;试算时为 null'),
  version: z.number().describe('它是第几版'),
  name: z.string(),
  differences,
  effect: effect.describe('在办事项如果都改按它,会怎样;发布本身不改在办事项'),
})
export const policyDifferences = z.object({
  from: z.object({ id: z.string(), version: z.number() }),
  to: z.object({ id: z.string(), version: z.number() }),
  differences,
})
export const compareQuery = z.strictObject({
  with: z.string().max(100).optional().describe('另一版的编号;不写就是现行的一版'),
})
export const rebased = effect.extend({ dryRun: z.boolean(), version: z.number() })
