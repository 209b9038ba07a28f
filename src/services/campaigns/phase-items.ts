import { beginItem } from '../../domain/obligation/begin-phase.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { basisOf, type TemplateItem } from '../../domain/obligation/campaign-template.ts'
import { type PhaseItemPlan, registerBegun } from './begin-items.ts'
import type { Campaign } from './store.ts'
import type { PhaseRow } from './phases.ts'
import { newId } from '../../db/ids.ts'
import { addAuditEvent } from '../audit/trail.ts'
import { type Office, officesUnder } from '../people/offices.ts'
import type { Sql } from '../../db/pool.ts'
import { fieldIssues } from '../../kinds/check-result.ts'
import type { Facts } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { registerObligations } from '../obligations/register.ts'
import type { FixedDayRegistration } from '../obligations/register-done.ts'
import { reviewerOf } from '../obligations/reviewer.ts'

/** The dated work of a phase, from the campaign's own copy of its template. Keyed, so that opening twice opens once. */
export async function registerPhaseItems(
  tx: Sql,
  campaign: Campaign,
  phase: PhaseRow,
  { now, wallNow }: { now: Instant; wallNow: Instant },
): Promise<number> {
  const offices = await officesUnder(tx, campaign.county)
  const plans = planPhaseItems(campaign, phase, offices, now)
  const order = { county: campaign.county, campaign: campaign.id, actor: 'timeline', now }
  const usual = plans.filter(({ begunAs }) => begunAs === null)
  const registered = await registerObligations(
    tx,
    order,
    usual.map(({ registration }) => registration),
  )
  await recordFallen(tx, { campaign, phase, offices, wallNow })
  return registered + (await registerBegun(tx, order, phase, plans))
}

type Opening = { campaign: Campaign; phase: PhaseRow; offices: Office[]; wallNow: Instant }

/** What fell to the bureau since no office does it stands in the trail by its codes: nothing is dropped or moved in silence (R20). */
async function recordFallen(tx: Sql, { campaign, phase, offices, wallNow }: Opening): Promise<void> {
  const items = phase.items.filter((item) => doersOf(item, offices).length === 0).map(({ code }) => code)
  if (items.length === 0) return
  const { id: subject, county } = campaign
  const detail = { phase: phase.code, items }
  const entry = { atWall: wallNow, county, actor: 'timeline', subject, outcome: 'done' as const, detail }
  await addAuditEvent(tx, { ...entry, action: 'campaign.fall-to-bureau' })
}

type PlannedCampaign = Pick<Campaign, 'id' | 'year' | 'createdAt' | 'source'>
type PlannedPhase = Pick<PhaseRow, 'code' | 'clause' | 'items' | 'dueOn' | 'begunAs' | 'originalDueOn'>

/** What a phase registers when it opens: one obligation an item and owner. */
export function planPhaseItems(
  campaign: PlannedCampaign,
  phase: PlannedPhase,
  offices: Office[],
  now: Instant,
): PhaseItemPlan[] {
  return phase.items.flatMap((item) => {
    const ownDueOn = item.due ? `${campaign.year}-${item.due}` : null
    const { dueOn, ...begun } = beginItem(phase, ownDueOn, dayOf(campaign.createdAt))
    return owners(item, offices).map((office) => ({
      item,
      ...begun,
      registration: registrationOf(item, office, offices, { campaign, phase, dueOn, now }),
    }))
  })
}

/** Whoever does such work. What no office of the county does any more is the bureau's: it is owed, and the bureau sees that it is. */
function owners(item: TemplateItem, offices: Office[]): Office[] {
  const doing = doersOf(item, offices)
  return doing.length > 0 ? doing : offices.filter((o) => o.kind === 'county-bureau')
}

function doersOf({ owner }: TemplateItem, offices: Office[]): Office[] {
  return offices.filter((o) => ('every' in owner ? o.kind === owner.every : o.duties.includes(owner.duty)))
}

type Place = { campaign: PlannedCampaign; phase: PlannedPhase; dueOn: Day; now: Instant }

function registrationOf(
  item: TemplateItem,
  office: Office,
  offices: Office[],
  { campaign, phase, dueOn, now }: Place,
): FixedDayRegistration {
  return {
    id: newId('ob'),
    key: [campaign.id, item.code, office.code, item.period ?? 'Y'].join('|'),
    externalId: null,
    kind: item.kind,
    title: item.title,
    facts: factsOf(item),
    phase: phase.code,
    office: office.code,
    reviewer: reviewerOf(office, offices),
    level: null,
    cause: null,
    group: null,
    source: item.partner ?? null,
    issuedAt: now,
    startOn: dayOf(now),
    fixedDueOn: dueOn,
    importId: null,
    contentHash: null,
    // The clause names the day of the plan, not the one it was taken over with.
    basis: phase.originalDueOn === null || item.due ? basisOf(item, phase, campaign.source) : null,
    subject: null,
  }
}

/** What an item says beside its title, as far as its kind takes it: an older copy of a template must not keep a phase shut. */
function factsOf({ kind, partner, period, groups }: TemplateItem): Facts {
  const said = { ...(partner && { partner }), ...(period && { period }), ...(groups && { groups }) }
  const parsed = kindOf(kind).facts.safeParse(said)
  if (parsed.success) return said
  const refused = fieldIssues(parsed.error).map(({ path }) => path[0])
  return Object.fromEntries(Object.entries(said).filter(([field]) => !refused.includes(field)))
}
