import { z } from 'zod'
import { coded } from '../fields.ts'
import { gateRuleSchema } from './gates.ts'
import { codesOf, GROUP_LABELS, type Kind, PHASE_LABELS, SOURCE_LABELS } from './vocabulary.ts'

/** `MM-DD` of the campaign's year. */
const monthDay = z.string().regex(/^\d{2}-\d{2}$/, '写成 MM-DD,例如 05-31')

/** Who owes an item: every town of the county, or the centre that has a duty. */
const owner = z.union(
  [z.strictObject({ every: z.literal('town') }), z.strictObject({ duty: z.string().min(1).max(50) })],
  { error: '写成 { every: town }(每个镇各一件)或 { duty: 职责代码 }(承担这项职责的单位)' },
)

function templateItemSchema(kinds: z.ZodType<Kind>) {
  return z.strictObject({
    code: z.string().min(1).max(50),
    kind: kinds,
    title: z.string(),
    owner,
    /** Set where one item stands several times a year: `H1`, `Q2` … */
    period: z.string().max(20).optional(),
    partner: z.enum(codesOf(SOURCE_LABELS)).optional(),
    /** Of a screening: the key groups whose uncovered on the roster it must reach, all of them (R18). */
    groups: z.array(coded(GROUP_LABELS)).min(1).optional(),
    /** A day that the county sets; left out, the phase's own, which its clause fixes. */
    due: monthDay.optional(),
    clause: z.string(),
  })
}
/** `plannedDue`: the day of the plan, where the calendar of the year moved `due`. The product writes it, no text states it. */
type Moved = { plannedDue?: string }
export type TemplateItem = z.infer<ReturnType<typeof templateItemSchema>> & Moved

/** @param kinds those that may begin from a template */
export function campaignTemplateSchema(kinds: z.ZodType<Kind>) {
  return z.strictObject({
    code: z.string().min(1).max(50),
    title: z.string().min(1).max(100),
    source: z.string().max(100),
    /** How often a year lists are compared with each partner (R3). A year whose template does not say has no quota. */
    comparisons: z
      .array(z.strictObject({ partner: coded(SOURCE_LABELS), every: z.enum(['half-year', 'year']) }))
      .default([]),
    phases: z.array(
      z.strictObject({
        code: z.enum(codesOf(PHASE_LABELS)),
        title: z.string(),
        opens: monthDay,
        due: monthDay,
        clause: z.string(),
        gate: gateRuleSchema,
        items: z.array(templateItemSchema(kinds)),
      }),
    ),
  })
}
/** The document and clause behind the day of an item, as its receipt cites them. */
export function basisOf(
  item: Pick<TemplateItem, 'due' | 'clause'>,
  phase: { clause: string },
  source: string,
): string {
  const cited = `${source} ${item.due ? item.clause : phase.clause}`.trim()
  return item.due ? `${cited},具体日期由本县设定` : cited
}
type Written = z.infer<ReturnType<typeof campaignTemplateSchema>>
type TemplatePhase = Omit<Written['phases'][number], 'items'> & Moved & { items: TemplateItem[] }
export type CampaignTemplate = Omit<Written, 'phases'> & { phases: TemplatePhase[] }
