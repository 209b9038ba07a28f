import type { Instant } from '../domain/time/days.ts'
import { sampleCounty } from './sample-county.ts'
import { CampaignWork, OVERRIDDEN } from './campaign-work.ts'
import { changingCalendar } from './changing-calendar.ts'
import { CountyActs } from './county-acts.ts'
import { CountyApi } from './county-api.ts'
import { Desk } from './desk.ts'
import { Driver } from './driver.ts'
import { expectedWork } from './expected-work.ts'
import { FloodWork } from './flood-work.ts'
import { Api } from './http.ts'
import { Officers } from './officers.ts'
import type { People } from './people.ts'
import { PhaseWork } from './phase-work.ts'
import { Preparing } from './preparing.ts'
import { Registration } from './registration.ts'
import { rosterHouseholds } from './roster-file.ts'
import { ExpectedHistory } from './expected-history.ts'
import { LifeBehaviour } from './life-behaviour.ts'
import { OfficerBehaviour } from './officer-behaviour.ts'
import type { RehearsalOptions, RehearsalParts } from './types.ts'
import type { Batch } from './warnings-file.ts'
import { YearWork } from './year-work.ts'

export type Cast = ReturnType<typeof castOf>
/** From when to when is played. */
export type Span = { start: Instant; until: Instant }

/** So many towns find a problem as they look back. */
const LOOKING_BACK = 2

/** Everybody who acts in a part of the year, and what is written down of it apart from the product. */
export function castOf(options: RehearsalOptions, parts: RehearsalParts, span: Span, batches: Batch[]) {
  const { people, home }: { people: People; home: string } = sampleCounty()
  const calendar = changingCalendar()
  const api = new Api(parts.baseUrl, { authorization: `Bearer ${parts.token}` })
  const county = new CountyApi(api)
  const story = new ExpectedHistory(calendar)
  const roster = rosterHouseholds(people)
  const towns = people.offices.filter(({ kind }) => kind === 'town').map(({ code }) => code)
  const preparing = new Preparing(roster, towns.slice(0, LOOKING_BACK))
  const behaviour = new OfficerBehaviour(options.seed, calendar)
  const lifeBehaviour = new LifeBehaviour(options.seed, calendar, behaviour)
  const officers = new Officers({ county, people, story, behaviour, lifeBehaviour, calendar, preparing })
  const registration = new Registration(county, officers, people, batches)
  const work = expectedWork(options.year, span.start, people)
  const phaseWork = new PhaseWork(county, officers, work)
  const desk = new Desk(county, people, officers)
  const overridden = work.filter(({ phase }) => phase === OVERRIDDEN.code).map(({ item }) => item)
  const played = { year: options.year, start: span.start, desk, story, roster }
  const campaignWork = new CampaignWork({ ...played, phaseItems: new Set(overridden) })
  const acting = { year: options.year, start: span.start, desk, officers, story }
  const flood = new FloodWork(acting)
  const countyActs = new CountyActs({ ...acting, calendar })
  const acts = { ...played, seed: options.seed, officers, calendar, preparing, work }
  const yearWork = new YearWork({
    ...acts,
    samples: campaignWork.samples,
    overrides: campaignWork.overrides,
  })
  const driver = new Driver(parts.pool, span.start, parts.answers)
  const ofCounty = { campaignWork, yearWork, flood, countyActs }
  return {
    ...{ people, home, calendar, api, county, story },
    ...{ officers, registration, phaseWork, preparing, driver, ...ofCounty },
  }
}
