import { beijingText, type Day, dayOf, endOfDay, type Instant, instantAt } from '../domain/time/days.ts'
import type { ActionCode } from '../domain/obligation/actions.ts'
import { groupBy } from '../domain/grouping.ts'
import type { Case } from './case-book.ts'
import type { Desk } from './desk.ts'
import type { Actor } from './driver.ts'
import type { ExpectedHistory } from './expected-history.ts'
import { approverOf } from './life-work.ts'
import type { Officers } from './officers.ts'
import { isPerformed } from './policy-table.ts'

/** Three towns that have work in hand are under water; the road to one of them is open again sooner. */
const FLOODED = 3
const PAUSED_AT = '10:10'
const WHY = { reasonCode: 'disaster', reason: '洪水冲断道路,无法入户' }

type Parts = { year: number; start: Instant; desk: Desk; officers: Officers; story: ExpectedHistory }

/** A flood in August: what three towns have in hand is paused; one town goes on early, for the others the pause ends by itself. */
export class FloodWork implements Actor {
  readonly failed: string[] = []
  private readonly parts: Parts
  private readonly days: { begins: Day; early: Day; until: Day }
  private flooded: readonly string[] = []
  private next: { at: Instant; do: (at: Instant) => Promise<void> }[]

  constructor(parts: Parts) {
    this.parts = parts
    const { year, start } = parts
    this.days = { begins: `${year}-08-10`, early: `${year}-08-16`, until: `${year}-08-24` }
    const all = [
      { at: instantAt(this.days.begins, PAUSED_AT), do: (at: Instant) => this.pause(at) },
      { at: instantAt(this.days.early, PAUSED_AT), do: (at: Instant) => this.resumeEarly(at) },
      { at: endOfDay(this.days.until), do: (at: Instant) => this.endOfPause(at) },
    ]
    this.next = all[0]!.at > start ? all : []
  }

  nextAt(): Instant | null {
    return this.next[0]?.at ?? null
  }

  act(at: Instant): Promise<void> {
    return this.next.shift()?.do(at) ?? Promise.resolve()
  }

  /** Red ones by the leader, the others by the centre; what waits for an answer is not paused. */
  private async pause(at: Instant): Promise<void> {
    const { officers, desk, story } = this.parts
    const inHand = officers.book.open.filter(
      ({ turn, asked, offered }) => isPerformed(turn) && turn.endedAt === null && !asked && !offered,
    )
    const busy = new Set(inHand.map(({ item }) => item.office))
    this.flooded = desk.towns.filter((town) => busy.has(town)).slice(0, FLOODED)
    const { until } = this.days
    const theirs = inHand.filter(({ item }) => this.flooded.includes(item.office))
    await this.together('suspend', theirs, { ...WHY, until }, at, (of) => {
      const office = approverOf(of.item, desk.people)
      const parts = story.partsOf(of.item)
      parts.still.push({ from: dayOf(at), until })
      story.stop(of.item, at)
      const turn = story.hold(of.item, 'pause', office, until, at)
      officers.life.decide(of.item, 'suspend', { dueOn: story.dueOf(of.item), at })
      officers.book.put({ ...of, turn, paused: until })
    })
  }

  private async resumeEarly(at: Instant): Promise<void> {
    const [town] = this.flooded
    const early = this.paused.filter(({ item }) => item.office === town)
    await this.together('resume', early, {}, at, (of) => this.goOn(of, dayOf(at), at))
  }

  /** Nobody does anything: the product resumes it at 24:00. */
  private endOfPause(at: Instant): Promise<void> {
    for (const of of this.paused) this.goOn(of, this.days.until, at)
    return Promise.resolve()
  }

  private goOn(of: Case, last: Day, at: Instant): void {
    const { officers, story } = this.parts
    story.partsOf(of.item).still.at(-1)!.until = last
    const turn = story.goOn(of.item, at)
    const { paused: _, ...rest } = of
    officers.life.decide(of.item, 'resume', { dueOn: turn.dueOn, at })
    officers.life.resume({ ...rest, turn }, at)
  }

  private get paused(): Case[] {
    return this.parts.officers.book.open.filter(({ paused }) => paused !== undefined)
  }

  private async together(
    action: ActionCode,
    cases: readonly Case[],
    detail: object,
    at: Instant,
    then: (of: Case) => void,
  ): Promise<void> {
    const { desk, officers } = this.parts
    for (const [office, theirs] of groupBy(cases, ({ item }) => approverOf(item, desk.people))) {
      const county = await desk.as(office)
      const answers = new Map(
        (
          await county.act(
            action,
            theirs.map(({ id }) => id),
            detail,
          )
        ).map((a) => [a.id, a]),
      )
      for (const of of theirs) {
        const answer = answers.get(of.id)
        if (answer?.ok) {
          officers.count(action)
          then(of)
        } else this.failed.push(`${beijingText(at)} ${of.item.item} ${action}:${answer?.why ?? '没有答复'}`)
      }
    }
  }
}
