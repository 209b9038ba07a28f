import { z } from 'zod'
import { codesOf, OFFICE_KIND_LABELS, ROLE_LABELS } from '../../domain/words.ts'

export const office = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  kind: z.enum(codesOf(OFFICE_KIND_LABELS)),
  name: z.string(),
  duties: z.array(z.string()),
})
export const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  active: z.boolean(),
  roles: z.array(z.object({ office: z.string(), role: z.enum(codesOf(ROLE_LABELS)), label: z.string() })),
})
