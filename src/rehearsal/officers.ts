import type { Day, Instant } from '../domain/time/days.ts'
import { beijingText } from '../domain/time/days.ts'
import { ACTIONS } from '../domain/obligation/actions.ts'
import { CallWork } from './call-work.ts'
import { type Case, CaseBook, type Plan } from './case-book.ts'
import type { ActionAnswer } from './county-answers.ts'
import type { CountyApi } from './county-api.ts'
import type { Actor } from './driver.ts'
import { resultIn } from './expected-following.ts'
import { type Followed, FollowingWork } from './following-work.ts'
import { groupBy } from '../domain/grouping.ts'
import { isTooLate, LifeWork, turningOf } from './life-work.ts'
import type { People } from './people.ts'
import type { PlayedAct } from './played-acts.ts'
import type { Preparing } from './preparing.ts'
import type { ExpectedHistory, StoryItem, StoryTurn } from './expected-history.ts'
import type { LifeBehaviour } from './life-behaviour.ts'
import type { OfficerBehaviour } from './officer-behaviour.ts'
import { apart, sideBySide } from './side-by-side.ts'
import type { SimpleCalendar } from './simple-calendar.ts'
import { idsOf, UndoWork } from './undo-work.ts'

/** `followed`: what an acceptance brought about; null of every other action, and where it was refused. */
type Answered = { plan: Plan; answer: ActionAnswer | undefined; followed: Followed | null }

type Parts = {
  county: CountyApi
  people: People
  story: ExpectedHistory
  behaviour: OfficerBehaviour
  lifeBehaviour: LifeBehaviour
  calendar: SimpleCalendar
  preparing: Preparing
}

/**
 * Everybody in the county who does the work: towns, centres, the bureau. They act over HTTP and remember what
 * the API accepted.
 */
export class Officers implements Actor {
  readonly refused: string[] = []
  /** What an acceptance should have brought about, and what it brought about although nothing was to follow. */
  readonly missing: string[] = []
  readonly wrongDue: string[] = []
  readonly acted: Record<string, number> = {}
  readonly book = new CaseBook()
  readonly life: LifeWork
  private readonly following: FollowingWork
  private readonly undoing: UndoWork
  readonly calls: CallWork
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
    const { story, people, lifeBehaviour } = parts
    this.following = new FollowingWork(parts, this)
    this.calls = new CallWork(people, parts.calendar)
    this.undoing = new UndoWork({ story, book: this.book, calendar: parts.calendar })
    this.life = new LifeWork({ story, people, behaviour: lifeBehaviour, book: this.book, calls: this.calls })
  }

  /** Notes a new obligation and plans what to do with it. */
  takeOn(
    id: string,
    item: StoryItem,
    dates: { startOn: Day; fixedDueOn: Day | null; startedAt: Instant },
  ): StoryTurn {
    const turn = this.parts.story.begin(item, dates.startOn, dates.fixedDueOn, dates.startedAt)
    const of = { id, item, round: 0, turn }
    const begun = this.life.begin(of, this.parts.behaviour.performer(turningOf(of)))
    this.book.put(begun.of, ...this.calls.with(begun.of, begun.intents, dates.startedAt))
    return turn
  }

  nextAt(): Instant | null {
    return this.book.nextAt()
  }

  /**
   * Does everything planned for this instant; the same action with the same words is one request. People do not wait for each
   * other, only for what somebody else is doing to the same work. What came of it is noted in a fixed order, so that a seed
   * plays one year.
   */
  async act(at: Instant): Promise<void> {
    const due = this.book.take(at).flatMap((taken) => this.book.fresh(taken) ?? [])
    for (const { of } of due.filter((plan) => isTooLate(plan, at))) this.life.resume(of, at)
    const inTime = due.filter((plan) => !isTooLate(plan, at))
    const prepared = await sideBySide(inTime, (plan) => this.prepare(plan, at))
    const together = groupBy(prepared, (p) => `${this.whoDoes(p)} ${p.action} ${JSON.stringify(p.detail)}`)
    for (const turns of apart([...together.values()], idsOf)) await this.actAtOnce(turns, at)
  }

  count(action: PlayedAct): void {
    this.acted[action] = (this.acted[action] ?? 0) + 1
  }

  private async prepare(plan: Plan, at: Instant): Promise<Plan> {
    const { preparing, county } = this.parts
    const { action, detail, of } = plan
    if (action === 'record-contact') return { ...plan, detail: await this.calls.prepare(plan, county) }
    const work = { id: of.id, item: of.item, action, detail }
    if (!preparing.concerns(work)) return plan
    return { ...plan, detail: await preparing.prepare(work, await county.as(this.whoDoes(plan)), at) }
  }

  /** The first officer of the office that holds it; the relief centre withdraws and reopens. */
  private whoDoes({ action, of }: Plan): string {
    const { people } = this.parts
    const { item } = of
    const { by } = ACTIONS[action]
    if (by === 'doer') return of.takingBack?.by ?? ''
    const office =
      this.life.answering(action, of) ??
      (by === 'reviewer' || by === 'overseer' ? item.reviewer : item.office)
    const [who] =
      by === 'manager' ? people.holdersOf('relief-centre', item.office) : people.officersOf(office)
    if (!who) throw new Error(`nobody works in ${office}`)
    return who
  }

  private async actAtOnce(requests: readonly Plan[][], at: Instant): Promise<void> {
    const wanted = requests.map((plans) => plans.flatMap((plan) => this.book.fresh(plan) ?? []))
    const answered = await sideBySide(wanted, (plans) => this.request(plans, at))
    for (const { plan, answer, followed } of answered.flat())
      if (answer?.ok) await this.goOnOrTakeBack(plan, followed, at)
      else
        this.refused.push(
          `${beijingText(at)} ${plan.of.item.item} ${plan.action}:${answer?.why ?? '没有答复'}`,
        )
  }

  /** Asks for one action, and looks up what an acceptance brought about. */
  private async request(plans: readonly Plan[], at: Instant): Promise<Answered[]> {
    const [first] = plans
    if (!first) return []
    const county = await this.parts.county.as(this.whoDoes(first))
    const ids = plans.map((p) => p.of.id)
    const answers = new Map((await county.act(first.action, ids, first.detail)).map((a) => [a.id, a]))
    return sideBySide(plans, async (plan) => {
      const answer = answers.get(plan.of.id)
      const accepted = plan.action === 'accept' && answer?.ok === true
      return { plan, answer, followed: accepted ? await this.following.lookUp(plan.of, at) : null }
    })
  }

  private async goOnOrTakeBack(plan: Plan, followed: Followed | null, at: Instant): Promise<void> {
    const back = this.undoing.before(plan, this.whoDoes(plan))
    await this.goOn(plan, followed, at)
    if (back) this.undoing.after(back, plan.action === 'accept' ? this.following.began : [], at)
  }

  private async goOn(plan: Plan, followed: Followed | null, at: Instant): Promise<void> {
    const { story, behaviour } = this.parts
    const { action, of, detail } = plan
    this.count(action)
    switch (action) {
      case 'acknowledge':
        return
      case 'submit':
        return this.review({ ...of, result: resultIn(detail), turn: story.submitted(of.item, at) })
      case 'return':
      case 'reopen':
        return this.perform({ ...of, round: of.round + 1, turn: story.returned(of.item, at) })
      case 'waive':
        return story.passed(of.item, at)
      case 'cancel':
        story.ended(of.item, at)
        return this.book.close(of)
      case 'accept':
        story.passed(of.item, at)
        this.following.after(of, followed!, at)
        return this.book.put(
          { ...of, brought: true },
          behaviour.afterwards({ ...turningOf(of), acceptedAt: at }),
        )
      case 'undo':
        return this.undoing.takeBack(plan, at)
      case 'record-contact':
        return this.calls.recorded(plan, { by: this.whoDoes(plan), at }, this.parts.county)
      default:
        if (!this.life.goOn(plan, at)) throw new RangeError(`no officer plans ${action}`)
    }
  }

  private perform(of: Case): void {
    const intents = this.parts.behaviour.performer(turningOf(of))
    this.book.put(of, ...this.calls.with(of, intents, of.turn.startedAt))
  }

  private review(of: Case): void {
    this.book.put(of, this.parts.behaviour.reviewer(turningOf(of)))
  }
}
