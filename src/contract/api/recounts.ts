import { z } from 'zod'
import { LEVEL_LABELS, STAGE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, flag, officeRef } from './common.ts'

/** How a change that moves days is asked: first what it does, then that it be done. */
export const dryRunQuery = z.strictObject({
  dryRun: flag.describe('true 或不写:只试算,什么也不写入;false:生效'),
})

const counts = {
  open: z.number().describe('重算的在办事项'),
  later: z.number().describe('限时推后的'),
  earlier: z.number().describe('限时提前的'),
  becomesLate: z.number().describe('因此变成逾期的'),
  ceasesLate: z.number().describe('因此不再逾期的'),
}

/** What a change of calendar or policy does to open work. */
export const effect = z.object({
  ...counts,
  settled: z.number().describe('由暂定算定的'),
  provisional: z.number().describe('仍是暂定的'),
  offices: z.array(officeRef.extend(counts)).describe('按单位,只列有变化的'),
  levels: z.array(z.object({ level: coded(LEVEL_LABELS).nullable(), label: z.string(), ...counts })),
  told: z
    .array(
      z.object({
        person: z.object({ id: z.string(), name: z.string() }),
        later: z.number(),
        earlier: z.number(),
      }),
    )
    .describe('下一次早报中各得一行的人'),
  rows: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().describe('编号或标题'),
        office: officeRef,
        level: coded(LEVEL_LABELS).nullable(),
        stage: coded(STAGE_LABELS),
        from: day,
        to: day,
        becomesLate: z.boolean(),
        ceasesLate: z.boolean(),
      }),
    )
    .describe('有变化的前 100 件'),
})
export const expectedCount = z
  .number()
  .int()
  .min(0)
  .optional()
  .describe('试算时推后和提前的合计;生效时已不是这个数的,不生效,请重新试算')
