import { z } from 'zod'
import { flag } from './common.ts'

/** How a list from a file is taken. */
export const listQuery = {
  dryRun: flag.describe('true 或不写:只检查不登记;false:登记'),
  keepGood: flag.describe('true:有问题的行不登记,其余的登记;false 或不写:有一行有问题就都不登记'),
}
/** A cell that is not taken. What stands in it is told only where it is nobody's. */
export const fileFault = z.object({
  row: z.number(),
  column: z.string(),
  value: z.string(),
  message: z.string(),
})
