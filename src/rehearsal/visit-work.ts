import { beijingText, type Day, dayOf, type Instant, instantAt } from '../domain/time/days.ts'
import type { ActionCode } from '../domain/obligation/actions.ts'
import type { ApiObligation } from './county-answers.ts'
import type { Desk } from './desk.ts'
import type { Actor } from './driver.ts'
import { nextVisit } from './expected-following.ts'
import type { ExpectedHistory, StoryItem } from './expected-history.ts'
import { ApiRefused } from './http.ts'
import type { Officers } from './officers.ts'
import { madeUpNumber } from './roster-file.ts'
import type { SimpleCalendar } from './simple-calendar.ts'
import { type ScriptedVisit, watchedHouseholds } from './visit-script.ts'

type Parts = {
  year: number
  start: Instant
  desk: Desk
  story: ExpectedHistory
  officers: Officers
  calendar: SimpleCalendar
}
type Act = { at: Instant; do: (at: Instant) => Promise<void> }
/** A visit that is owed. */
type Owed = { id: string; item: StoryItem }

const ACTS_AT = '10:10'
const REGISTERED_ON = '10-11'
const FIRST_NUMBER = 960

/**
 * Households that are watched into the next year (R16): visited, missed, and visited for the last time. A part of the year that begins
 * after their first visits registers the second ones on its first day.
 */
export class VisitWork implements Actor {
  readonly wrongCount: string[] = []
  readonly failed: string[] = []
  /** How many visits were made after the year had ended. */
  madeNextYear = 0
  private readonly parts: Parts
  private readonly acts: Act[]
  private readonly owed = new Map<number, Owed>()

  constructor(parts: Parts) {
    this.parts = parts
    const { year, start, calendar } = parts
    const act = (on: Day, does: Act['do']): Act => ({ at: instantAt(on, ACTS_AT), do: does })
    const from = [`${year}-${REGISTERED_ON}`, dayOf(start)].sort().at(-1)!
    this.acts = watchedHouseholds(year)
      .flatMap(({ town, dueOn, visits }, n) => {
        const made = visits.filter(({ on }) => on <= from).length
        const due = dueOn[made]
        if (due === undefined) return []
        return [
          act(from, (at) => this.register(town, due, n, at)),
          ...visits
            .slice(made)
            .flatMap((visit) => [
              act(visit.on, (at) => this.visit(visit, n, at)),
              act(calendar.step(visit.on, 1), (at) => this.accept(visit, n, at)),
            ]),
        ]
      })
      .sort((a, b) => a.at - b.at)
  }

  nextAt(): Instant | null {
    return this.acts[0]?.at ?? null
  }

  async act(at: Instant): Promise<void> {
    while (this.acts[0] && this.acts[0].at <= at)
      await this.acts
        .shift()!
        .do(at)
        .catch((error: unknown) => {
          if (!(error instanceof ApiRefused)) throw error
          this.failed.push(`${beijingText(at)} ${error.message}`)
        })
  }

  private async register(town: number, dueOn: Day, n: number, at: Instant): Promise<void> {
    const { desk } = this.parts
    const office = desk.towns[town % desk.towns.length]!
    const title = `监测走访(演练${n + 1})`
    const person = {
      name: `监测户${n + 1}`,
      idNo: madeUpNumber(FIRST_NUMBER + n),
      phone: '',
      village: '演练村',
    }
    const county = await desk.as(office)
    const found = await county.register({
      kind: 'monitoring-visit',
      office,
      title,
      dueOn,
      person,
    })
    const item = desk.itemOf({
      item: `visit ${n + 1}`,
      name: `「${title}」`,
      office,
      kind: 'monitoring-visit',
    })
    this.take(n, found, item, dueOn, at)
  }

  private async visit({ finding }: ScriptedVisit, n: number, at: Instant): Promise<void> {
    const owed = this.owed.get(n)
    if (!owed) return
    const result = { finding, visitedOn: dayOf(at), visitedBy: '演练网格员' }
    if (!(await this.do('submit', owed, owed.item.office, { result }, at))) return
    this.parts.story.submitted(owed.item, at)
    if (dayOf(at) > `${this.parts.year}-12-31`) this.madeNextYear += 1
  }

  /** What is to be watched still is visited again, on a working day; else nothing follows. */
  private async accept({ on, finding }: ScriptedVisit, n: number, at: Instant): Promise<void> {
    const { desk, story, calendar } = this.parts
    const owed = this.owed.get(n)
    if (!owed || !(await this.do('accept', owed, owed.item.reviewer, {}, at))) return
    story.passed(owed.item, at)
    this.owed.delete(n)
    const [found, ...others] = await (await desk.as(owed.item.reviewer)).followedBy(owed.id)
    const expected = finding === 'unchanged' ? 1 : 0
    const followed = (found ? 1 : 0) + others.length
    if (followed !== expected)
      this.wrongCount.push(`${owed.item.item} 之后应有 ${expected} 次走访,接口答 ${followed} 次`)
    if (!found || expected === 0) return
    const item = { ...owed.item, item: `${owed.item.item}→visit`, name: `「${found.title}」`, follows: true }
    this.take(n, found, item, nextVisit(on, dayOf(at), calendar), at)
  }

  private take(n: number, found: ApiObligation, item: StoryItem, dueOn: Day, at: Instant): void {
    this.parts.story.begin(item, dayOf(at), dueOn, at)
    this.owed.set(n, { id: found.id, item })
    if (found.kind !== item.kind || found.dueOn !== dueOn)
      this.wrongCount.push(`${found.title} 应在 ${dueOn} 前走访,接口答 ${found.kind} ${found.dueOn}`)
  }

  private async do(
    action: ActionCode,
    { id, item }: Owed,
    office: string,
    detail: object,
    at: Instant,
  ): Promise<boolean> {
    const { desk, officers } = this.parts
    const [answer] = await (await desk.as(office)).act(action, [id], detail)
    if (answer?.ok) officers.count(action)
    else this.failed.push(`${beijingText(at)} ${item.name ?? id} ${action}:${answer?.why ?? '没有答复'}`)
    return answer?.ok === true
  }
}
