import { type Day, dayOf, type Instant } from '../domain/time/days.ts'
import type { ApiObligation } from './county-answers.ts'
import type { CountyApi } from './county-api.ts'
import type { StoryItem } from './expected-history.ts'
import type { Officers } from './officers.ts'
import type { People } from './people.ts'
import type { COUNTY_ACTS } from './played-acts.ts'

/** Where somebody of the county acts of their own accord, and what they register is taken on by whoever has to do it. */
export class Desk {
  readonly people: People
  private readonly county: CountyApi
  private readonly officers: Officers

  constructor(county: CountyApi, people: People, officers: Officers) {
    this.county = county
    this.people = people
    this.officers = officers
  }

  get towns(): string[] {
    return this.people.offices.filter(({ kind }) => kind === 'town').map(({ code }) => code)
  }

  /** The centre that supervises the towns. */
  get centre(): string {
    return this.people.offices.find((o) => o.duties?.includes('supervision'))!.code
  }

  get bureau(): string {
    return this.people.offices.find((o) => o.kind === 'county-bureau')!.code
  }

  /** The county as the first officer of an office sees it. */
  as(office: string): Promise<CountyApi> {
    return this.county.as(this.people.officersOf(office)[0]!)
  }

  /** Counts what somebody did that is no action on a single thing. */
  played(act: keyof typeof COUNTY_ACTS): void {
    this.officers.count(act)
  }

  itemOf(of: Partial<StoryItem> & Pick<StoryItem, 'item' | 'office' | 'kind'>): StoryItem {
    return { level: null, reviewer: this.people.reviewerOf(of.office), ...of }
  }

  /** A title that the account knows is expected in mails; else the one that the API gave. */
  takeOn(found: ApiObligation, item: StoryItem, fixedDueOn: Day | null, at: Instant): void {
    const named = { ...item, title: item.title ?? found.title }
    const turn = this.officers.takeOn(found.id, named, { startOn: dayOf(at), fixedDueOn, startedAt: at })
    if (turn.dueOn !== found.dueOn)
      this.officers.wrongDue.push(`${item.kind} ${found.id}:应为 ${turn.dueOn},接口答 ${found.dueOn}`)
  }
}
