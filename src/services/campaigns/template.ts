import { readFile } from 'node:fs/promises'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { KINDS } from '../../kinds/kinds.ts'
import type { Campaign } from './store.ts'
import type { PhaseRow } from './phases.ts'
import {
  type CampaignTemplate,
  campaignTemplateSchema,
  type TemplateItem,
} from '../../domain/obligation/campaign-template.ts'

const TEMPLATES = new URL('../../../templates/', import.meta.url)

/** The action plans that ship with the product. */
export const CAMPAIGN_TEMPLATES = ['safety-net-2022'] as const
export type CampaignTemplateName = (typeof CAMPAIGN_TEMPLATES)[number]

export async function readCampaignTemplate(name: CampaignTemplateName): Promise<CampaignTemplate> {
  return parseCampaignTemplate(await shippedTemplateText(name))
}

/** With its comments, for whoever writes a plan of their own from it. */
export function shippedTemplateText(name: CampaignTemplateName): Promise<string> {
  return readFile(new URL(`${name}.yaml`, TEMPLATES), 'utf8')
}

/** The plan of a campaign as a text that `readTemplateText` reads. */
export function templateTextOf(campaign: Campaign, phases: readonly PhaseRow[]): string {
  return stringify(templateOf(campaign, phases), { lineWidth: 0 })
}

/** The plan that a campaign began from, as it ships; null where it is none of those. */
export async function shippedTemplate(code: string): Promise<CampaignTemplate | null> {
  const name = CAMPAIGN_TEMPLATES.find((shipped) => shipped === code)
  return name ? readCampaignTemplate(name) : null
}

/** @throws z.ZodError naming every field that does not fit */
export function parseCampaignTemplate(text: string): CampaignTemplate {
  const kinds = KINDS.filter((kind) => kind.begins.includes('template')).map(({ code }) => code)
  return campaignTemplateSchema(z.enum(kinds)).parse(parse(text))
}

/**
 * The plan of a campaign from its own copy, with the days that the plan fixed: not those to which the calendar of its year, a late
 * launch or somebody's decision moved them (ADR 0025). A phase that was moved before migration 0041 has only its moved day.
 */
export function templateOf(campaign: Campaign, phases: readonly PhaseRow[]): CampaignTemplate {
  const { template: code, title, year, source, comparisons } = campaign
  return {
    ...{ code, source, comparisons: comparisons ?? [] },
    title: title.replace(` ${year}`, ''),
    phases: phases.map(
      ({ code, title, clause, gate, items, opensOn, dueOn, originalDueOn, plannedDueOn }) => ({
        ...{ code, title, clause, gate, items: items.map(asPlanned) },
        // A day that was moved for one year alone is no part of the plan.
        ...{ opens: opensOn.slice(5), due: (plannedDueOn ?? originalDueOn ?? dueOn).slice(5) },
      }),
    ),
  }
}

function asPlanned({ plannedDue, ...item }: TemplateItem): TemplateItem {
  return plannedDue === undefined ? item : { ...item, due: plannedDue }
}
