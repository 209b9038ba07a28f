import { z } from 'zod'
import { OFFICE_KIND_LABELS, ROLE_LABELS } from '../../domain/words.ts'
import { coded } from './common.ts'

export const office = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  kind: coded(OFFICE_KIND_LABELS),
  name: z.string(),
  duties: z.array(z.string()),
})
export const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  active: z.boolean(),
  roles: z.array(z.object({ office: z.string(), role: coded(ROLE_LABELS), label: z.string() })),
})
