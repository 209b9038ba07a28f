import { z } from 'zod'
import type { KindDefinition } from '../../kinds/kind.ts'
import { KINDS } from '../../kinds/kinds.ts'
import {
  CAUSE_LABELS,
  GROUP_LABELS,
  LEVEL_LABELS,
  SOURCE_LABELS,
} from '../../domain/obligation/vocabulary.ts'
import { coded, day } from './common.ts'

const office = z.string().max(200)
const person = z.strictObject({
  name: z.string().trim().min(1).max(50),
  idNo: z.string().trim().max(18).default(''),
  phone: z.string().trim().max(30).default(''),
  village: z.string().trim().max(100).default(''),
  detail: z.string().trim().max(2000).default(''),
})

/** A household found by oneself (R5): its limit counts from the day of issue. */
function householdForm({ code, label }: KindDefinition) {
  return z
    .strictObject({
      kind: z.literal(code),
      office,
      level: coded(LEVEL_LABELS),
      cause: coded(CAUSE_LABELS).optional(),
      group: coded(GROUP_LABELS).optional(),
      source: coded(SOURCE_LABELS).default('discovery'),
      externalId: z.string().trim().min(1).max(100).optional(),
      title: z.string().trim().max(200).optional(),
      issuedOn: day.optional(),
      person,
    })
    .meta({ title: `${code} ${label}` })
}

/** Ad-hoc work with a day of its own. */
function datedForm({ code, label }: KindDefinition) {
  return z
    .strictObject({
      kind: z.literal(code),
      office,
      title: z.string().trim().min(1).max(200),
      dueOn: day,
    })
    .meta({ title: `${code} ${label}` })
}

type Form = ReturnType<typeof householdForm> | ReturnType<typeof datedForm>
const forms = KINDS.filter((kind) => kind.begins.includes('person')).map((kind): Form =>
  kind.household === 'required' ? householdForm(kind) : datedForm(kind),
)

/** What a person may register: one form for each kind that may begin so. */
export const newObligation = z.discriminatedUnion('kind', forms as [Form, ...Form[]])
export type NewObligation = z.infer<typeof newObligation>
