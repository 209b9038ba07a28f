import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { type CampaignTemplate, campaignTemplateSchema } from '../../domain/obligation/campaign-template.ts'

const TEMPLATES = new URL('../../../templates/', import.meta.url)

/** The action plans that ship with the product. */
export const CAMPAIGN_TEMPLATES = ['safety-net-2022'] as const
export type CampaignTemplateName = (typeof CAMPAIGN_TEMPLATES)[number]

export async function readCampaignTemplate(name: CampaignTemplateName): Promise<CampaignTemplate> {
  return campaignTemplateSchema.parse(parse(await readFile(new URL(`${name}.yaml`, TEMPLATES), 'utf8')))
}
