import { type Day, dayOf, type Instant } from '../domain/time/days.ts'
import type { ApiSample } from './county-answers.ts'
import type { CountyApi } from './county-api.ts'
import type { Desk } from './desk.ts'
import type { ExpectedHistory } from './expected-history.ts'
import type { PlayedCheck, RosterHousehold } from './roster-file.ts'
import { coverageFaults } from './year-counts.ts'

const PERCENT = 20
type Drawn = ApiSample['households'][number]

/** The county's spot checks (R18): drawn from the roster, and one of them replaced before anybody goes there. */
export class SampleWork {
  readonly wrongCount: string[] = []
  readonly checks: PlayedCheck[] = []
  private readonly desk: Desk
  private readonly story: ExpectedHistory
  private readonly roster: readonly RosterHousehold[]
  private readonly dueOn: Day
  /** What the check of a household is called here: ids are otherwise in each rehearsal. */
  private readonly called = new Map<string, string>()
  private sample: ApiSample | undefined
  private replaced: Drawn | undefined

  constructor(desk: Desk, story: ExpectedHistory, roster: readonly RosterHousehold[], dueOn: Day) {
    this.desk = desk
    this.story = story
    this.roster = roster
    this.dueOn = dueOn
  }

  async draw(at: Instant): Promise<void> {
    const county = await this.desk.as(this.desk.centre)
    const sample = await county.drawSample({ seed: '演练', percent: PERCENT, dueOn: this.dueOn })
    const drawn = sample.households.filter(({ state }) => state === 'drawn')
    for (const town of this.desk.towns)
      this.compare(town, drawn.filter(({ office }) => office.code === town).length)
    this.sample = sample
    if (drawn.length > 0) this.desk.played('sample-draw')
    this.replaced = drawn.find((household) => hasSpare(household, sample))
    for (const town of this.desk.towns)
      for (const household of drawn.filter(({ office }) => office.code === town))
        await this.begin(household, county, at)
  }

  /** What the product says of its sample, held against the story; nothing where none was drawn. */
  async faults(county: CountyApi): Promise<string[]> {
    if (!this.sample) return []
    const uncovered = this.desk.towns.map((town) => this.uncoveredOf(town))
    const sum = (counts: readonly number[]) => counts.reduce((total, n) => total + n, 0)
    const expected = { population: sum(uncovered), required: sum(uncovered.map(fifthOf)) }
    return coverageFaults(this.story, expected, await county.counts.coverage(this.sample.id))
  }

  async replace(at: Instant): Promise<void> {
    const { sample, replaced } = this
    if (!sample || !replaced) return
    const county = await this.desk.as(this.desk.centre)
    const known = new Set(sample.households.map(({ check }) => check?.id))
    const { households } = await county.replaceSampled(sample.id, replaced.household)
    this.story.ended(this.itemOf(replaced), at)
    const fresh = households.filter(({ check }) => check !== null && !known.has(check.id))
    if (fresh.length !== 1) this.wrongCount.push(`替换一户应另抽 1 户,接口答 ${fresh.length} 户`)
    if (fresh.length > 0) this.desk.played('sample-replace')
    for (const household of fresh) await this.begin(household, county, at)
  }

  /** At least a fifth of the uncovered of each town. */
  private compare(town: string, drawn: number): void {
    const uncovered = this.uncoveredOf(town)
    const expected = fifthOf(uncovered)
    if (drawn !== expected)
      this.wrongCount.push(`${town} 未纳入保障 ${uncovered} 户,应抽 ${expected} 户,抽了 ${drawn} 户`)
  }

  private uncoveredOf(town: string): number {
    return this.roster.filter((h) => h.town === town && !h.covered).length
  }

  /** The one that is to be replaced waits for that. */
  private async begin(household: Drawn, county: CountyApi, at: Instant): Promise<void> {
    const item = this.itemOf(household)
    if (household === this.replaced) return void this.story.begin(item, dayOf(at), this.dueOn, at)
    this.checks.push({ item: item.item, town: household.office.code, group: household.group })
    this.desk.takeOn(await county.obligation(household.check!.id), item, this.dueOn, at)
  }

  private itemOf({ household, office }: Drawn) {
    const item = this.called.get(household) ?? `spot-check ${office.code} ${this.called.size + 1}`
    this.called.set(household, item)
    return this.desk.itemOf({ item, kind: 'spot-check', office: this.desk.centre })
  }
}

/** At least so many of a hundred, rounded up. */
function fifthOf(households: number): number {
  return Math.ceil((households * PERCENT) / 100)
}

function hasSpare({ office, group }: Drawn, { households }: ApiSample): boolean {
  return households.some((h) => h.state === 'waiting' && h.office.code === office.code && h.group === group)
}
