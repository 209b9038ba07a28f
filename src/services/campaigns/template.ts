import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { KINDS } from '../../kinds/kinds.ts'
import type { Campaign, PhaseRow } from './store.ts'
import { type CampaignTemplate, campaignTemplateSchema } from '../../domain/obligation/campaign-template.ts'

const TEMPLATES = new URL('../../../templates/', import.meta.url)

/** The action plans that ship with the product. */
export const CAMPAIGN_TEMPLATES = ['safety-net-2022'] as const
export type CampaignTemplateName = (typeof CAMPAIGN_TEMPLATES)[number]

export async function readCampaignTemplate(name: CampaignTemplateName): Promise<CampaignTemplate> {
  return parseCampaignTemplate(await readFile(new URL(`${name}.yaml`, TEMPLATES), 'utf8'))
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
 * The plan of a campaign as it was launched, from its own copy. A phase that was taken over has the day that the plan fixed. The
 * day of a phase that was moved since stands as it was moved: the row keeps no other (ADR 0025).
 */
export function templateOf(campaign: Campaign, phases: readonly PhaseRow[]): CampaignTemplate {
  const { template: code, title, year, source, comparisons } = campaign
  return {
    ...{ code, source, comparisons: comparisons ?? [] },
    title: title.replace(` ${year}`, ''),
    phases: phases.map(
      ({ code, title, clause, gate, items, opensOn, dueOn, originalDueOn, plannedDueOn }) => ({
        ...{ code, title, clause, gate, items },
        // A day that was moved for one year alone is no part of the plan.
        ...{ opens: opensOn.slice(5), due: (originalDueOn ?? plannedDueOn ?? dueOn).slice(5) },
      }),
    ),
  }
}
