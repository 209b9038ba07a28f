import { z } from 'zod'
import { codesOf, KIND_LABELS, PHASE_LABELS, SOURCE_LABELS } from './vocabulary.ts'

/** `MM-DD` of the campaign's year. */
const monthDay = z.string().regex(/^\d{2}-\d{2}$/, '写成 MM-DD,例如 05-31')

/** Who owes an item: every town of the county, or the centre that has a duty. */
const owner = z.union([z.object({ every: z.literal('town') }), z.object({ duty: z.string() })])

export const templateItemSchema = z.object({
  code: z.string(),
  kind: z.enum(codesOf(KIND_LABELS)),
  title: z.string(),
  owner,
  /** Set where one item stands several times a year: `H1`, `Q2` … */
  period: z.string().optional(),
  partner: z.enum(codesOf(SOURCE_LABELS)).optional(),
  /** Another day than the phase's own. */
  due: monthDay.optional(),
  clause: z.string(),
})
export type TemplateItem = z.infer<typeof templateItemSchema>

export const campaignTemplateSchema = z.object({
  code: z.string(),
  title: z.string(),
  source: z.string(),
  phases: z.array(
    z.object({
      code: z.enum(codesOf(PHASE_LABELS)),
      title: z.string(),
      opens: monthDay,
      due: monthDay,
      clause: z.string(),
      items: z.array(templateItemSchema),
    }),
  ),
})
export type CampaignTemplate = z.infer<typeof campaignTemplateSchema>
