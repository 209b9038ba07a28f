import type { CampaignTemplate } from '../../domain/obligation/campaign-template.ts'
import { type MovedDay, templateForYear } from '../../domain/obligation/next-year.ts'
import type { Sql } from '../../db/pool.ts'
import { officesUnder } from '../people/offices.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { campaignById, campaigns } from './store.ts'
import { phasesOf } from './phases.ts'
import { type CampaignTemplateName, readCampaignTemplate, templateOf } from './template.ts'
import { readTemplateText } from './template-text.ts'

/** What a year is launched from: a plan that ships, one that somebody wrote, or a campaign of another year. */
export type PlanChoice = { name: CampaignTemplateName } | { text: string } | { copyOf: string }
export type ChosenPlan = { template: CampaignTemplate; moved: readonly MovedDay[] }

/**
 * A plan that ships or is copied has its fixed days by the calendar of the year. In a text somebody wrote each day for the year they
 * meant: it stays.
 * @returns null where there is no such campaign in the county; @throws BadTemplate
 */
export async function choosePlan(
  sql: Sql,
  { county, year }: { county: string; year: number },
  choice: PlanChoice,
): Promise<ChosenPlan | null> {
  if ('text' in choice)
    return { template: readTemplateText(choice.text, await dutiesOf(sql, county)), moved: [] }
  const template =
    'name' in choice ? await readCampaignTemplate(choice.name) : await planOf(sql, county, choice.copyOf)
  return template && templateForYear(template, year, await readCountyCalendar(sql, county))
}

async function planOf(sql: Sql, county: string, id: string): Promise<CampaignTemplate | null> {
  const before = await campaignById(sql, id)
  return before?.county === county ? templateOf(before, await phasesOf(sql, before.id)) : null
}

/** The campaign of a county in a year. */
export async function campaignOfYear(sql: Sql, county: string, year: number) {
  return (await campaigns(sql)).find((one) => one.county === county && one.year === year)
}

export async function dutiesOf(sql: Sql, county: string): Promise<Set<string>> {
  return new Set((await officesUnder(sql, county)).flatMap(({ duties }) => duties))
}
