import { type Day, dayOf, type Instant } from '../domain/time/days.ts'
import { type DueParts, expectedDue } from './expected-parts.ts'
import type { Beside, PerformedParts, HeldBefore } from './expected-turns.ts'
import { calledOf, type StoryAcceptance, type StoryItem, type StoryTurn } from './expected-turns.ts'
import { expectedRule, isPerformed, redoLimit, type Work } from './policy-table.ts'
import type { PolicyVersion } from './second-policy.ts'
import type { SimpleCalendar } from './simple-calendar.ts'

export type { Beside, StoryAcceptance, StoryItem, StoryTurn } from './expected-turns.ts'

/** What really happened, recorded apart from the product; the expectation is computed from it. */
export class ExpectedHistory {
  readonly turns: StoryTurn[] = []
  readonly accepted: StoryAcceptance[] = []
  readonly calendar: SimpleCalendar
  /** The version of the rules that binds what begins. */
  policy: PolicyVersion = 1
  private readonly open = new Map<string, StoryTurn>()
  private readonly waiting = new Map<string, StoryTurn>()
  private readonly parts = new Map<string, PerformedParts>()
  /** The limit of the first turn of each, by which that of a redo is half. */
  private readonly original = new Map<string, number | null>()

  constructor(calendar: SimpleCalendar) {
    this.calendar = calendar
  }

  /**
   * An obligation was registered. With `startOn` the limit counts from the day after; `fixedDueOn` is a fixed day.
   * Officers do by its name what they do: named by an id, it would have another fate in each rehearsal of the same seed.
   */
  begin(item: StoryItem, startOn: Day, fixedDueOn: Day | null, at: Instant): StoryTurn {
    if (item.item.startsWith('ob_')) throw new RangeError(`${item.item} is an id, not a name`)
    const { kind, level } = item
    const limit = fixedDueOn === null ? this.limitOf({ kind, level, stage: 'perform' }) : null
    this.original.set(item.item, limit)
    return this.performed(item, 'perform', { startOn, fixedDueOn, limit }, at)
  }

  submitted(item: StoryItem, at: Instant): StoryTurn {
    this.ended(item, at)
    const { dueOn, counted } = this.limitFrom(item, 'review', at)
    return this.hold(item, 'review', item.reviewer, dueOn, at, counted)
  }

  /** The obligation was returned by its reviewer, or reopened. */
  returned(item: StoryItem, at: Instant): StoryTurn {
    this.ended(item, at)
    const limit = redoLimit(this.original.get(item.item) ?? 'fixed')
    return this.performed(item, 'redo', { startOn: dayOf(at), fixedDueOn: null, limit }, at)
  }

  /** The reviewer passed it: whoever answers for it now is told, also of what a merged town had handed in. */
  passed(item: StoryItem, at: Instant): void {
    this.ended(item, at)
    const turn = this.turns.findLast((t) => t.item === item.item && isPerformed(t) && !t.undone)
    if (turn) this.accepted.push({ turn, office: item.office, at })
  }

  /** The obligation was accepted or withdrawn: nobody holds it any more, and nothing waits beside it. */
  ended(item: StoryItem, at: Instant): void {
    this.stop(item, at)
    this.answered(item, at)
  }

  /** What the day of its performer rests on; changed in place. */
  partsOf({ item }: Pick<StoryItem, 'item'>): PerformedParts {
    const parts = this.parts.get(item)
    if (!parts) throw new Error(`nobody has performed ${item}`)
    return parts
  }

  /** The day that its parts give. */
  dueOf(item: Pick<StoryItem, 'item'>): Day {
    return expectedDue(this.partsOf(item), this.calendar)
  }

  /** The performer's work goes on in silence, with the day that its parts give or a later one that it had. */
  goOn(item: StoryItem, at: Instant): StoryTurn {
    const parts = this.partsOf(item)
    parts.isFirst = false
    this.stop(item, at)
    const turn = this.hold(item, parts.stage, item.office, this.dueOf(item), at)
    return Object.assign(turn, { quiet: true, policy: parts.policy })
  }

  /** Its turn ends, but what waits beside it goes on waiting. */
  stop({ item }: StoryItem, at: Instant): void {
    const turn = this.open.get(item)
    if (turn) turn.endedAt = at
    this.open.delete(item)
  }

  /** Somebody is asked for an answer beside the work. */
  ask(item: StoryItem, stage: Beside, office: string, at: Instant): StoryTurn {
    const turn = this.turn(item, stage, office, this.limitFrom(item, stage, at), at)
    this.waiting.set(item.item, turn)
    return turn
  }

  answered({ item }: StoryItem, at: Instant): void {
    const turn = this.waiting.get(item)
    if (turn) turn.endedAt = at
    this.waiting.delete(item)
  }

  /** Somebody holds it from now on. */
  hold(
    item: StoryItem,
    stage: Work['stage'],
    office: string,
    dueOn: Day,
    at: Instant,
    counted?: StoryTurn['counted'],
  ): StoryTurn {
    const turn = this.turn(item, stage, office, { dueOn, ...(counted && { counted }) }, at)
    this.open.set(item.item, turn)
    return turn
  }

  /** All that somebody holds, and what waits beside it. */
  get inHand(): StoryTurn[] {
    return [...this.open.values(), ...this.waiting.values()]
  }

  /** It is the same turn still, held otherwise from now on: nobody is told of what lay before. What began only now is told of. */
  change(turn: StoryTurn, otherwise: Partial<StoryTurn>, at: Instant): StoryTurn {
    const quiet = turn.quiet === true || turn.startedAt < at
    const after: StoryTurn = { ...turn, ...otherwise, startedAt: at, quiet, before: turn }
    turn.endedAt = at
    const held = this.open.get(turn.item) === turn ? this.open : this.waiting
    held.set(turn.item, after)
    this.turns.push(after)
    return after
  }

  /** The rules give it another limit: the first turn keeps it as that of which a redo has half. */
  limitAnew(item: string, limit: number | null, policy: PolicyVersion): void {
    const parts = this.partsOf({ item })
    if (parts.isFirst) this.original.set(item, limit)
    Object.assign(parts, { limit, policy })
  }

  /** How it stands, before somebody does what they take back at once. */
  remember({ item }: StoryItem): HeldBefore {
    const turn = this.open.get(item)
    if (!turn) throw new Error(`nobody holds ${item}`)
    return { turn, parts: structuredClone(this.partsOf({ item })), accepted: this.accepted.length }
  }

  /** What was done is taken back: it goes on as it stood, and nobody hears that it was ever otherwise. */
  takeBack(item: StoryItem, { turn, parts, accepted }: HeldBefore, at: Instant): void {
    const done = this.open.get(item.item)
    if (done) done.undone = true
    this.ended(item, at)
    turn.endedAt = null
    this.open.set(item.item, turn)
    this.parts.set(item.item, parts)
    const later = this.accepted.splice(accepted)
    this.accepted.push(...later.filter((one) => one.turn.item !== item.item))
  }

  /** Working days, by the rules in force or those that the work goes by. */
  limitOf(work: Work): number {
    const { limit } = expectedRule({ ...work, policy: work.policy ?? this.policy })
    if (limit === 'fixed') throw new Error(`${work.kind} needs a day`)
    return limit
  }

  private limitFrom({ kind, level }: StoryItem, stage: Work['stage'], at: Instant) {
    const counted = { startOn: dayOf(at), limit: this.limitOf({ kind, level, stage }) }
    return { counted, dueOn: this.calendar.step(counted.startOn, counted.limit) }
  }

  private performed(
    item: StoryItem,
    stage: 'perform' | 'redo',
    dates: Pick<DueParts, 'startOn' | 'fixedDueOn' | 'limit'>,
    at: Instant,
  ): StoryTurn {
    const isFirst = stage === 'perform'
    this.parts.set(item.item, { ...dates, still: [], more: [], stage, policy: this.policy, isFirst })
    return this.hold(item, stage, item.office, this.dueOf(item), at)
  }

  private turn(
    item: StoryItem,
    stage: Work['stage'],
    office: string,
    due: Pick<StoryTurn, 'dueOn' | 'counted'>,
    at: Instant,
  ): StoryTurn {
    const { kind, level, follows = false } = item
    const held = { item: item.item, called: calledOf(item), office, owner: item.office }
    const begun = { startedAt: at, endedAt: null, policy: this.policy }
    const turn: StoryTurn = { kind, level, stage, ...(follows && { follows }), ...held, ...begun, ...due }
    this.turns.push(turn)
    return turn
  }
}
