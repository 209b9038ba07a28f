import type { MovedDay } from '../../domain/obligation/next-year.ts'
import type { TemplateItem } from '../../domain/obligation/campaign-template.ts'
import type { BeginChoice } from '../../domain/obligation/begin-phase.ts'
import type { Kind, CountyMailState, Phase } from '../../domain/obligation/vocabulary.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { county as countyOf, officesUnder } from '../people/offices.ts'
import type { PhaseItemPlan } from './begin-items.ts'
import { firstRound, type FirstRound } from './first-round.ts'
import { type Launch, mustBegin } from './launch.ts'
import { planPhaseItems } from './phase-items.ts'
import { plannedPhases } from './store.ts'

export type PreviewedItem = {
  title: string
  kind: Kind
  dueOn: Day
  begunAs: BeginChoice | null
  originalDueOn: Day | null
  /** How many offices owe it. */
  offices: number
}
export type PreviewedPhase = {
  code: Phase
  title: string
  opensOn: Day
  dueOn: Day
  begunAs: BeginChoice | null
  wordOf: string | null
  originalDueOn: Day | null
  /** Its items are registered at once; those of the others when their day comes. */
  opensNow: boolean
  items: PreviewedItem[]
}
export type LaunchPreview = FirstRound & {
  mailState: CountyMailState
  moved: readonly MovedDay[]
  phases: PreviewedPhase[]
}

/**
 * What launching would register, and whom the first round would mail. It writes nothing.
 * @throws BadBeginning, and NoRule where the policy lacks a rule for something
 */
export async function previewLaunch(sql: Sql, launch: Launch, now: Instant): Promise<LaunchPreview> {
  mustBegin(launch, now)
  const offices = await officesUnder(sql, launch.county)
  const campaign = { id: 'preview', year: launch.year, createdAt: now, source: launch.template.source }
  const planned = plannedPhases(launch, now).map((phase) => ({
    phase,
    opensNow: phase.opensOn <= dayOf(now),
    plans: planPhaseItems(campaign, phase, offices, now),
  }))
  const registered = planned.flatMap(({ opensNow, plans }) => (opensNow ? plans : []))
  const { mailState } = await countyOf(sql, launch.county)
  return {
    mailState,
    moved: launch.moved ?? [],
    phases: planned.map(({ phase, opensNow, plans }) => {
      const { code, title, opensOn, dueOn, begunAs, begunWordOf: wordOf, originalDueOn } = phase
      const items = itemsOf(phase.items, plans)
      return { code, title, opensOn, dueOn, begunAs, wordOf, originalDueOn, opensNow, items }
    }),
    ...(await firstRound(sql, launch.county, registered, now)),
  }
}

/** One line an item of the template, however many offices owe it. */
function itemsOf(items: readonly TemplateItem[], plans: readonly PhaseItemPlan[]): PreviewedItem[] {
  return items.flatMap((item) => {
    const own = plans.filter((plan) => plan.item === item)
    const { title, kind } = item
    const [first] = own
    if (!first) return []
    const { begunAs, originalDueOn, registration } = first
    return [{ title, kind, dueOn: registration.fixedDueOn, begunAs, originalDueOn, offices: own.length }]
  })
}
