import { dayOf, type Instant } from '../../domain/time/days.ts'
import { basisOf, type TemplateItem } from '../../domain/obligation/campaign-template.ts'
import type { Campaign, PhaseRow } from './store.ts'
import { newId } from '../../db/ids.ts'
import { type Office, officesUnder } from '../people/offices.ts'
import type { Sql } from '../../db/pool.ts'
import { fieldIssues } from '../../kinds/check-result.ts'
import type { Facts } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { type Registration, registerObligations } from '../obligations/register.ts'
import { reviewerOf } from '../obligations/reviewer.ts'

/** The dated work of a phase, from the campaign's own copy of its template. Keyed, so that opening twice opens once. */
export async function registerPhaseItems(
  tx: Sql,
  campaign: Campaign,
  phase: PhaseRow,
  now: Instant,
): Promise<number> {
  const offices = await officesUnder(tx, campaign.county)
  const registrations = phase.items.flatMap((item) =>
    owners(item, offices).map((office) => registrationOf(item, office, offices, campaign, phase, now)),
  )
  const order = { county: campaign.county, campaign: campaign.id, actor: 'timeline', now }
  return registerObligations(tx, order, registrations)
}

function owners(item: TemplateItem, offices: Office[]): Office[] {
  const { owner } = item
  if ('every' in owner) return offices.filter((o) => o.kind === owner.every)
  return offices.filter((o) => o.duties.includes(owner.duty))
}

function registrationOf(
  item: TemplateItem,
  office: Office,
  offices: Office[],
  campaign: Campaign,
  phase: PhaseRow,
  now: Instant,
): Registration {
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
    fixedDueOn: item.due ? `${campaign.year}-${item.due}` : phase.dueOn,
    importId: null,
    contentHash: null,
    basis: basisOf(item, phase, campaign.source),
    subject: null,
  }
}

/** What an item says beside its title, as far as its kind takes it: an older copy of a template must not keep a phase shut. */
function factsOf({ kind, partner, period }: TemplateItem): Facts {
  const said = { ...(partner && { partner }), ...(period && { period }) }
  const parsed = kindOf(kind).facts.safeParse(said)
  if (parsed.success) return said
  const refused = fieldIssues(parsed.error).map(({ path }) => path[0])
  return Object.fromEntries(Object.entries(said).filter(([field]) => !refused.includes(field)))
}
