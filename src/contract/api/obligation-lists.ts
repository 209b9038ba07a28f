import { z } from 'zod'
import { INBOXES } from '../../domain/obligation/inboxes.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { askedFields, sortField } from './obligation-filter.ts'

/** Without an order and pages: for what counts. */
export const obligationCountQuery = z.strictObject(askedFields)
export const obligationCount = z.object({ count: z.number() })
export const neighbourQuery = z.strictObject({ ...askedFields, sort: sortField })
export const neighbours = z.object({ previous: z.string().nullable(), next: z.string().nullable() })
export const inboxCounts = z.object({
  items: z.array(
    z.object({
      code: z.enum(codesOf(INBOXES)),
      label: z.string(),
      count: z.number(),
      query: z.record(z.string(), z.string()).describe('列出它们:GET /v1/obligations 的条件'),
    }),
  ),
})
