import { z } from 'zod'
import { ACTIONS, actionRule } from '../../domain/obligation/actions.ts'
import {
  BULK_ITEM_STATE_LABELS,
  BULK_RUN_STATE_LABELS,
  MOST_AT_ONCE,
} from '../../domain/obligation/bulk-run.ts'
import { codesOf, STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, flag, instant, pageQuery } from './common.ts'
import { action } from './obligations.ts'
import { obligationFilter } from './obligation-filter.ts'

const actionCode = z.enum(codesOf(ACTIONS)).describe(
  codesOf(ACTIONS)
    .map((code) => `${code} ${actionRule(code).label}`)
    .join('、'),
)

/** The plural form: by ids, or by a filter with the count the caller saw. */
export const bulkAction = z
  .strictObject({
    ids: z.array(z.string().max(100)).min(1).max(MOST_AT_ONCE).optional(),
    filter: obligationFilter.optional(),
    expectedCount: z.number().int().min(0).optional(),
    action,
  })
  .refine(({ ids, filter }) => ids === undefined || filter === undefined, {
    path: ['filter'],
    message: 'ids 和 filter 只能给一个',
  })
export const bulkQuery = z.strictObject({
  dryRun: flag.describe('true:只看每件办不办得成,不改动'),
})

/** Why some of a run were not done: those with one sentence. */
const whyNot = z.object({
  state: coded(BULK_ITEM_STATE_LABELS),
  refused: z.string(),
  message: z.string(),
  count: z.number(),
  ids: z.array(z.string()).describe('其中的前 20 件'),
})

export const bulkRun = z.object({
  id: z.string(),
  action: actionCode,
  state: coded(BULK_RUN_STATE_LABELS),
  total: z.number().describe('一共多少件'),
  left: z.number().describe('还没轮到的'),
  done: z.number().describe('办成、没有撤回的'),
  refused: z.number().describe('没有办成的'),
  skipped: z.number().describe('轮到时已有变动、没有改动的'),
  undone: z.number().describe('已撤回的'),
  kept: z.number().describe('没能撤回的'),
  filter: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('按什么条件选的,不含手写的词;按编号选的为 null'),
  seenCount: z.number().nullable().describe('发起人当时看到的件数'),
  askedAt: instant,
  endedAt: instant.nullable(),
  undoUntil: instant.nullable().describe('在此之前可以整批撤回;不能撤回的为 null'),
  problem: z.string().nullable().describe('没能办下去的原因代码'),
  whyNot: z.array(whyNot).describe('没有办成、没能撤回的,按原因归在一起'),
  labels: z.record(z.string(), z.string()),
})
export type BulkRunBody = z.infer<typeof bulkRun>

export const bulkAnswer = z.object({
  items: z
    .array(
      z.object({
        id: z.string(),
        done: z.boolean(),
        state: coded(STATE_LABELS).optional(),
        version: z.number().optional(),
        refused: z.string().optional(),
        message: z.string().optional(),
      }),
    )
    .describe('已有结果的;超过 200 件的在后台办理,结果见 run'),
  run: bulkRun.nullable().describe('这一批:进度、整批撤回;试算的和一件也没有的为 null'),
})

export const bulkRunAction = z.strictObject({
  action: z.enum(['undo', 'stop']).describe('undo 整批撤回、stop 停止还没轮到的'),
})
export const bulkItemsQuery = z.strictObject({
  state: coded(BULK_ITEM_STATE_LABELS).optional(),
  ...pageQuery,
})
export const bulkItem = z.object({
  id: z.string(),
  state: coded(BULK_ITEM_STATE_LABELS),
  version: z.number().nullable().describe('办成后的版本'),
  refused: z.string().nullable(),
  message: z.string().nullable(),
  changes: z.string().nullable().describe('办不成是因为别人先动过的:谁、什么时候、做了什么'),
  labels: z.record(z.string(), z.string()),
})
