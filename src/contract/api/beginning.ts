import { z } from 'zod'
import { BEGINNING_STEPS } from '../../domain/people/beginning.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { officeRef } from './common.ts'

export const beginning = z.object({
  county: officeRef,
  steps: z.array(
    z.object({
      code: z.enum(codesOf(BEGINNING_STEPS)),
      label: z.string(),
      done: z.boolean(),
      missing: z.array(z.string()).describe('缺人的单位,或没有设密码的人'),
    }),
  ),
})
