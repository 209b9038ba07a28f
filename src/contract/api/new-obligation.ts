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

/** A limit of working days counts from the day of issue, and the level says how many (R1, R5). */
const countedFields = {
  level: coded(LEVEL_LABELS),
  cause: coded(CAUSE_LABELS).optional(),
  group: coded(GROUP_LABELS).optional(),
  source: coded(SOURCE_LABELS).default('discovery'),
  externalId: z.string().trim().min(1).max(100).optional(),
  title: z.string().trim().max(200).optional(),
  issuedOn: day.optional(),
  twins: z
    .array(z.string().max(100))
    .max(20)
    .optional()
    .describe('登记前看过的可能是同一户的事项(见 POST /v1/households/twins)'),
}
/** Work with a day of its own. */
const datedFields = { title: z.string().trim().min(1).max(200), dueOn: day }

const HOUSEHOLD = { required: { person }, optional: { person: person.optional() }, none: {} }

function formOf({ code, label, limit, household, statedFacts }: KindDefinition) {
  const common = { kind: z.literal(code), office }
  // Whoever reads the request asks whether a household is there, whatever the kind.
  const whose = HOUSEHOLD[household] as (typeof HOUSEHOLD)['optional']
  const form =
    limit === 'working-days'
      ? z.strictObject({ ...common, ...countedFields, ...whose })
      : z.strictObject({ ...common, ...datedFields, facts: statedFacts.optional(), ...whose })
  return form.meta({ title: `${code} ${label}` })
}

type Form = ReturnType<typeof formOf>
const forms = KINDS.filter((kind) => kind.begins.includes('person')).map(formOf)

/** What a person may register: one form for each kind that may begin so. */
export const newObligation = z.discriminatedUnion('kind', forms as [Form, ...Form[]])
export type NewObligation = z.infer<typeof newObligation>
