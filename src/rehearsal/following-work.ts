import { type Day, dayOf, type Instant } from '../domain/time/days.ts'
import type { Begun, Case } from './case-book.ts'
import type { CountyApi } from './county-api.ts'
import { type ExpectedFollowing, expectedFollowing, expectedProblem, mayLead } from './expected-following.ts'
import type { StoryItem, StoryTurn } from './expected-history.ts'
import type { SimpleCalendar } from './simple-calendar.ts'

type Parts = { county: CountyApi; calendar: SimpleCalendar }
/** Whoever takes on what began, and the lists of what is wrong with it. */
type Takers = {
  missing: string[]
  wrongDue: string[]
  takeOn(
    id: string,
    item: StoryItem,
    dates: { startOn: Day; fixedDueOn: Day | null; startedAt: Instant },
  ): StoryTurn
}

/** What an acceptance brings about: help to be seen through, the next visit, a problem. */
export class FollowingWork {
  /** What the last acceptance has begun. */
  began: Begun[] = []
  private readonly parts: Parts
  private readonly takers: Takers

  constructor(parts: Parts, takers: Takers) {
    this.parts = parts
    this.takers = takers
  }

  /** What follows from an acceptance, as the notice has it, is looked up and taken on. */
  async after(of: Case, at: Instant): Promise<void> {
    this.began = []
    await this.followRaised(of, at)
    const { calendar, county } = this.parts
    const { id, item, result = {}, brought = false } = of
    const expected = expectedFollowing(item, result, at, calendar)
    if (brought || (expected === null && !mayLead(item))) return
    const found = (await county.followedBy(id)).filter(isWanted)
    for (const more of found.filter(({ kind }) => kind !== expected?.item.kind))
      this.takers.missing.push(`${item.item} 之后多出 ${more.title}`)
    if (expected === null) return
    this.takeOnFollowing(
      expected,
      item,
      found.find(({ kind }) => kind === expected.item.kind),
      at,
    )
  }

  /** The problems that an accepted look-back raised are taken on by the town (R12). */
  private async followRaised({ id, item, result = {}, brought = false }: Case, at: Instant): Promise<void> {
    const expected = brought ? null : expectedProblem(item, result, at, this.parts.calendar)
    if (expected === null) return
    const [raised, ...others] = (await this.parts.county.foundBy(id)).filter(isWanted)
    if (others.length > 0) this.takers.missing.push(`${item.item} 查出的问题多了 ${others.length} 件`)
    this.takeOnFollowing(expected, item, raised, at)
  }

  private takeOnFollowing(
    { item, fixedDueOn }: ExpectedFollowing,
    from: StoryItem,
    found: { id: string; title: string; dueOn: Day } | undefined,
    at: Instant,
  ): void {
    if (!found) return void this.takers.missing.push(`${from.item} 之后应有 ${item.item}`)
    const named = { ...item, name: `「${found.title}」` }
    const turn = this.takers.takeOn(found.id, named, { startOn: dayOf(at), fixedDueOn, startedAt: at })
    this.began.push({ id: found.id, item: named })
    if (turn.dueOn !== found.dueOn)
      this.takers.wrongDue.push(`${item.item}:应为 ${turn.dueOn},接口答 ${found.dueOn}`)
  }
}

/** What an acceptance began that was taken back is over. */
function isWanted({ state }: { state: string }): boolean {
  return state !== 'cancelled'
}
