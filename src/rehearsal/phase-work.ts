import { beijingText, dayOf, type Instant, instantAt } from '../domain/time/days.ts'
import type { ApiObligation } from './county-answers.ts'
import type { CountyApi } from './county-api.ts'
import type { Actor } from './driver.ts'
import type { ExpectedWork } from './expected-work.ts'
import { groupBy } from '../domain/grouping.ts'
import type { Officers } from './officers.ts'

/** Before the day's first round, since a phase opened at midnight and its work is in the list. */
const LOOKED_AT = '07:30'

/** On the morning a phase opens, every office looks up its dated work. */
export class PhaseWork implements Actor {
  readonly missing: string[] = []
  readonly wrongDue: string[] = []
  private readonly county: CountyApi
  private readonly officers: Officers
  private readonly mornings: Map<Instant, ExpectedWork[]>

  constructor(county: CountyApi, officers: Officers, work: readonly ExpectedWork[]) {
    this.county = county
    this.officers = officers
    this.mornings = groupBy(work, (w) => instantAt(dayOf(w.startedAt), LOOKED_AT))
  }

  nextAt(): Instant | null {
    return this.mornings.size === 0 ? null : Math.min(...this.mornings.keys())
  }

  async act(at: Instant): Promise<void> {
    const morning = this.nextAt() ?? at
    const expected = this.mornings.get(morning) ?? []
    this.mornings.delete(morning)
    for (const [kind, work] of groupBy(expected, (w) => w.kind)) {
      const found = await this.county.openOf(kind)
      for (const one of work) this.takeUp(one, found)
    }
  }

  private takeUp(work: ExpectedWork, found: readonly ApiObligation[]): void {
    const it = found.find((o) => o.title === work.title && o.office.code === work.office)
    if (!it) return void this.missing.push(`${work.item} 应自 ${beijingText(work.startedAt)} 起立项`)
    if (it.dueOn !== work.dueOn) this.wrongDue.push(`${work.item}:应为 ${work.dueOn},接口答 ${it.dueOn}`)
    const { startedAt, dueOn } = work
    this.officers.takeOn(
      it.id,
      { ...work, name: `「${work.title}」` },
      { startOn: dayOf(startedAt), fixedDueOn: dueOn, startedAt },
    )
  }
}
