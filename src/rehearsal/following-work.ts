import { type Day, dayOf, type Instant } from '../domain/time/days.ts'
import type { Begun, Case } from './case-book.ts'
import type { ApiObligation } from './county-answers.ts'
import type { CountyApi } from './county-api.ts'
import { type ExpectedFollowing, expectedFollowing, expectedProblem, mayLead } from './expected-following.ts'
import type { StoryItem, StoryTurn } from './expected-history.ts'
import type { SimpleCalendar } from './simple-calendar.ts'

type Parts = { county: CountyApi; calendar: SimpleCalendar }
/** What an acceptance brought about, as the API tells it. */
export type Followed = { raised: ApiObligation[]; followed: ApiObligation[] }
type Expected = { problem: ExpectedFollowing | null; following: ExpectedFollowing | null }
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

  /** Asks what an acceptance brought about, where something may have been. */
  async lookUp(of: Case, at: Instant): Promise<Followed> {
    const { county } = this.parts
    const { problem, following } = this.expected(of, at)
    const raised = problem === null ? [] : (await county.foundBy(of.id)).filter(isWanted)
    const asked = !of.brought && (following !== null || mayLead(of.item))
    return { raised, followed: asked ? (await county.followedBy(of.id)).filter(isWanted) : [] }
  }

  /** What follows from an acceptance, as the notice has it, is taken on. */
  after(of: Case, { raised, followed }: Followed, at: Instant): void {
    this.began = []
    const { problem, following } = this.expected(of, at)
    if (problem !== null) this.followRaised(problem, of.item, raised, at)
    for (const more of followed.filter(({ kind }) => kind !== following?.item.kind))
      this.takers.missing.push(`${of.item.item} 之后多出 ${more.title}`)
    if (following === null) return
    const found = followed.find(({ kind }) => kind === following.item.kind)
    this.takeOnFollowing(following, of.item, found, at)
  }

  /** What was looked up already is not expected again. */
  private expected({ item, result = {}, brought = false }: Case, at: Instant): Expected {
    const { calendar } = this.parts
    if (brought) return { problem: null, following: null }
    return {
      problem: expectedProblem(item, result, at, calendar),
      following: expectedFollowing(item, result, at, calendar),
    }
  }

  /** The problems that an accepted look-back raised are taken on by the town (R12). */
  private followRaised(
    expected: ExpectedFollowing,
    item: StoryItem,
    [raised, ...others]: ApiObligation[],
    at: Instant,
  ): void {
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
