import { z } from 'zod'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded } from './common.ts'
import { action, obligationFilter } from './obligations.ts'

/** The plural form: by ids, or by a filter with the count the caller saw. */
export const bulkAction = z
  .strictObject({
    ids: z.array(z.string().max(100)).min(1).max(1000).optional(),
    filter: obligationFilter.optional(),
    expectedCount: z.number().int().min(0).optional(),
    action,
  })
  .refine(({ ids, filter }) => ids === undefined || filter === undefined, {
    path: ['filter'],
    message: 'ids 和 filter 只能给一个',
  })
export const bulkAnswer = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      done: z.boolean(),
      state: coded(STATE_LABELS).optional(),
      version: z.number().optional(),
      refused: z.string().optional(),
      message: z.string().optional(),
    }),
  ),
})
