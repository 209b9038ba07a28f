import type { Day, Instant } from '../domain/time/days.ts'
import { beijingText, dayOf } from '../domain/time/days.ts'
import { ACTIONS } from '../domain/obligation/actions.ts'
import type { CountyApi } from './county-api.ts'
import type { Actor } from './driver.ts'
import { expectedFollowing, expectedProblem, type HandedIn, mayLead, resultIn } from './expected-following.ts'
import { groupBy } from '../domain/grouping.ts'
import type { People } from './people.ts'
import type { Preparing } from './preparing.ts'
import type { ExpectedHistory, StoryItem, StoryTurn } from './expected-history.ts'
import type { Intent, OfficerBehaviour } from './officer-behaviour.ts'
import type { SimpleCalendar } from './simple-calendar.ts'

/** `result`: what was handed in last. `brought`: what follows from it was looked up. */
type Case = {
  id: string
  item: StoryItem
  round: number
  turn: StoryTurn
  result?: HandedIn
  brought?: boolean
}
type Plan = Intent & { of: Case }

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
  private plans: Plan[] = []
  private readonly county: CountyApi
  private readonly story: ExpectedHistory
  private readonly behaviour: OfficerBehaviour
  private readonly people: People
  private readonly calendar: SimpleCalendar
  private readonly preparing: Preparing

  constructor(
    county: CountyApi,
    people: People,
    story: ExpectedHistory,
    behaviour: OfficerBehaviour,
    calendar: SimpleCalendar,
    preparing: Preparing,
  ) {
    this.preparing = preparing
    this.calendar = calendar
    this.county = county
    this.people = people
    this.story = story
    this.behaviour = behaviour
  }

  /** Notes a new obligation and plans what to do with it. */
  takeOn(
    id: string,
    item: StoryItem,
    dates: { startOn: Day; fixedDueOn: Day | null; startedAt: Instant },
  ): StoryTurn {
    const turn = this.story.begin(item, dates.startOn, dates.fixedDueOn, dates.startedAt)
    this.perform({ id, item, round: 0, turn })
    return turn
  }

  nextAt(): Instant | null {
    return this.plans.length === 0 ? null : Math.min(...this.plans.map((p) => p.at))
  }

  /** Does everything planned for this instant; the same action with the same words is one request. */
  async act(at: Instant): Promise<void> {
    const due = this.plans.filter((p) => p.at <= at)
    this.plans = this.plans.filter((p) => p.at > at)
    const prepared: Plan[] = []
    for (const plan of due) prepared.push(await this.prepare(plan, at))
    const together = groupBy(prepared, (p) => `${this.whoDoes(p)} ${p.action} ${JSON.stringify(p.detail)}`)
    for (const plans of together.values()) await this.actTogether(plans, at)
  }

  private async prepare(plan: Plan, at: Instant): Promise<Plan> {
    const { action, detail, of } = plan
    const work = { id: of.id, item: of.item, action, detail }
    if (!this.preparing.concerns(work)) return plan
    const county = await this.county.as(this.whoDoes(plan))
    return { ...plan, detail: await this.preparing.prepare(work, county, at) }
  }

  /** The first officer of the office that holds it; the relief centre withdraws and reopens. */
  private whoDoes({ action, of: { item } }: Plan): string {
    const { by } = ACTIONS[action]
    const office = by === 'reviewer' ? item.reviewer : item.office
    const [who] =
      by === 'manager' ? this.people.holdersOf('relief-centre', item.office) : this.people.officersOf(office)
    if (!who) throw new Error(`nobody works in ${office}`)
    return who
  }

  private async actTogether(plans: Plan[], at: Instant): Promise<void> {
    const { action, detail } = plans[0]!
    const county = await this.county.as(this.whoDoes(plans[0]!))
    const ids = plans.map((p) => p.of.id)
    const answers = new Map((await county.act(action, ids, detail)).map((a) => [a.id, a]))
    for (const plan of plans) {
      const answer = answers.get(plan.of.id)
      if (answer?.ok) await this.goOn(plan, at)
      else this.refused.push(`${beijingText(at)} ${plan.of.item.item} ${action}:${answer?.why ?? '没有答复'}`)
    }
  }

  private async goOn({ action, of, detail }: Plan, at: Instant): Promise<void> {
    this.acted[action] = (this.acted[action] ?? 0) + 1
    switch (action) {
      case 'acknowledge':
        return
      case 'submit':
        return this.review({ ...of, result: resultIn(detail), turn: this.story.submitted(of.item, at) })
      case 'return':
      case 'reopen':
        return this.perform({ ...of, round: of.round + 1, turn: this.story.returned(of.item, at) })
      case 'waive':
        return this.story.passed(of.item, at)
      case 'cancel':
        return this.story.ended(of.item, at)
      case 'accept':
        this.story.passed(of.item, at)
        await this.followUp(of, at)
        return this.plan(
          { ...of, brought: true },
          this.behaviour.afterwards({ ...turning(of), acceptedAt: at }),
        )
      // No behaviour plans these: the expected history knows no pause, no extension and no hand-over.
      case 'suspend':
      case 'resume':
      case 'request-extension':
      case 'grant-extension':
      case 'refuse-extension':
      case 'offer-hand-over':
      case 'accept-hand-over':
      case 'refuse-hand-over':
      case 'withdraw-hand-over':
      case 'take':
      case 'assign':
      case 'put-back':
      case 'record-contact':
      case 'undo':
        throw new RangeError(`no officer plans ${action}`)
    }
  }

  /** What follows from an acceptance, as the notice has it, is looked up and taken on. */
  private async followUp(of: Case, at: Instant): Promise<void> {
    await this.followRaised(of, at)
    const { id, item, result = {}, brought = false } = of
    const expected = expectedFollowing(item, result, at, this.calendar)
    if (brought || (expected === null && !mayLead(item))) return
    const found = await this.county.followedBy(id)
    for (const more of found.filter(({ kind }) => kind !== expected?.item.kind))
      this.missing.push(`${item.item} 之后多出 ${more.title}`)
    if (expected === null) return
    const it = found.find(({ kind }) => kind === expected.item.kind)
    if (!it) return void this.missing.push(`${item.item} 之后应有 ${expected.item.item}`)
    const dates = { startOn: dayOf(at), fixedDueOn: expected.fixedDueOn, startedAt: at }
    const turn = this.takeOn(it.id, expected.item, dates)
    if (turn.dueOn !== it.dueOn)
      this.wrongDue.push(`${expected.item.item}:应为 ${turn.dueOn},接口答 ${it.dueOn}`)
  }

  /** The problems that an accepted look-back raised are taken on by the town (R12). */
  private async followRaised({ id, item, result = {}, brought = false }: Case, at: Instant): Promise<void> {
    const expected = brought ? null : expectedProblem(item, result, at, this.calendar)
    if (expected === null) return
    const [raised, ...others] = await this.county.foundBy(id)
    if (others.length > 0) this.missing.push(`${item.item} 查出的问题多了 ${others.length} 件`)
    if (!raised) return void this.missing.push(`${item.item} 之后应有 ${expected.item.item}`)
    const dates = { startOn: dayOf(at), fixedDueOn: expected.fixedDueOn, startedAt: at }
    const turn = this.takeOn(raised.id, expected.item, dates)
    if (turn.dueOn !== raised.dueOn)
      this.wrongDue.push(`${expected.item.item}:应为 ${turn.dueOn},接口答 ${raised.dueOn}`)
  }

  private perform(of: Case): void {
    this.plan(of, ...this.behaviour.performer(turning(of)))
  }

  private review(of: Case): void {
    this.plan(of, this.behaviour.reviewer(turning(of)))
  }

  private plan(of: Case, ...intents: (Intent | null)[]): void {
    for (const intent of intents) if (intent) this.plans.push({ ...intent, of })
  }
}

function turning({ item, round, turn }: Case) {
  return { item: item.item, kind: item.kind, round, startedAt: turn.startedAt, dueOn: turn.dueOn }
}
