import type { CampaignTemplate } from '../../domain/obligation/campaign-template.ts'
import { type MovedDay, templateForYear } from '../../domain/obligation/next-year.ts'
import type { Sql } from '../../db/pool.ts'
import { officesUnder } from '../people/offices.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { campaignById, campaigns, phasesOf } from './store.ts'
import { type CampaignTemplateName, readCampaignTemplate, templateOf } from './template.ts'
import { readTemplateText } from './template-text.ts'

/** What a year is launched from: a plan that ships, one that somebody wrote, or a campaign of another year. */
export type PlanChoice = { name: CampaignTemplateName } | { text: string } | { copyOf: string }
export type ChosenPlan = { template: CampaignTemplate; moved: readonly MovedDay[] }

/** @returns null where there is no such campaign in the county; @throws BadTemplate */
export async function choosePlan(
  sql: Sql,
  { county, year }: { county: string; year: number },
  choice: PlanChoice,
): Promise<ChosenPlan | null> {
  if ('name' in choice) return { template: await readCampaignTemplate(choice.name), moved: [] }
  if ('text' in choice)
    return { template: readTemplateText(choice.text, await dutiesOf(sql, county)), moved: [] }
  const before = await campaignById(sql, choice.copyOf)
  if (before?.county !== county) return null
  const template = templateOf(before, await phasesOf(sql, before.id))
  return templateForYear(template, year, await readCountyCalendar(sql, county))
}

/** The campaign of a county in a year. */
export async function campaignOfYear(sql: Sql, county: string, year: number) {
  return (await campaigns(sql)).find((one) => one.county === county && one.year === year)
}

export async function dutiesOf(sql: Sql, county: string): Promise<Set<string>> {
  return new Set((await officesUnder(sql, county)).flatMap(({ duties }) => duties))
}
