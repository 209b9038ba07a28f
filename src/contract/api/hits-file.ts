import { z } from 'zod'

/** A file of hits of a comparison, as its ledger and its page list it. */
export const hitsFile = z.object({
  id: z.string().describe('导入的编号'),
  filename: z.string(),
  state: z.string().describe('导入的状态;登记了的为 applied'),
  rows: z.number(),
  registered: z.number().describe('登记的预警条数'),
})
