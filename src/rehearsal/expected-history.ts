import type { Day, Instant } from '../domain/time/days.ts'
import { dayOf } from '../domain/time/days.ts'
import { type DueParts, expectedDue } from './expected-parts.ts'
import { expectedRule, isPerformed, type Work } from './policy-table.ts'
import type { SimpleCalendar } from './simple-calendar.ts'

/** One assignment, as the officers who did it remember it. */
export type StoryTurn = Work & {
  /** External id, or title and office: what a reader of the report can look up. */
  item: string
  office: string
  /** Who owes it, also while another reviews it. */
  owner: string
  startedAt: Instant
  dueOn: Day
  endedAt: Instant | null
  /** It began with somebody's acceptance of something else. */
  follows?: boolean
  /** It goes on from another: what lay before its start was told then, and is not told again. */
  quiet?: boolean
}
export type StoryItem = {
  item: string
  kind: string
  level: string | null
  office: string
  reviewer: string
  /** How a mail names it where it is not counted: its number, or its title. */
  name?: string
  /** Of a warning and what follows from it: whether its household belongs to a key group. */
  keyGroup?: boolean
  /** It began with somebody's acceptance of something else. */
  follows?: boolean
  /** Whoever puts it right shows a file. */
  withEvidence?: boolean
}

/** The turn whose work was passed, and when. */
export type StoryAcceptance = { turn: StoryTurn; at: Instant }
/** What waits for an answer beside the work, or stands in its place. */
export type Beside = Extract<Work['stage'], 'extension' | 'hand-over' | 'pause'>

/** What really happened, recorded apart from the product; the expectation is computed from it. */
export class ExpectedHistory {
  readonly turns: StoryTurn[] = []
  readonly accepted: StoryAcceptance[] = []
  readonly calendar: SimpleCalendar
  private readonly open = new Map<string, StoryTurn>()
  private readonly waiting = new Map<string, StoryTurn>()
  private readonly parts = new Map<string, DueParts & { stage: Work['stage'] }>()

  constructor(calendar: SimpleCalendar) {
    this.calendar = calendar
  }

  /**
   * An obligation was registered. With `startOn` the limit counts from the day after; `fixedDueOn` is a fixed
   * day.
   */
  begin(item: StoryItem, startOn: Day, fixedDueOn: Day | null, at: Instant): StoryTurn {
    return this.performed(item, 'perform', { startOn, fixedDueOn }, at)
  }

  submitted(item: StoryItem, at: Instant): StoryTurn {
    this.ended(item, at)
    const work = { kind: item.kind, level: item.level, stage: 'review' } as const
    const limit = limitOf(work)
    return this.hold(item, 'review', item.reviewer, this.calendar.step(dayOf(at), limit), at)
  }

  /** The obligation was returned by its reviewer, or reopened. */
  returned(item: StoryItem, at: Instant): StoryTurn {
    this.ended(item, at)
    return this.performed(item, 'redo', { startOn: dayOf(at), fixedDueOn: null }, at)
  }

  /** The reviewer passed it: its performer is told. */
  passed(item: StoryItem, at: Instant): void {
    this.ended(item, at)
    const turn = this.turns.findLast((t) => t.item === item.item && isPerformed(t))
    if (turn) this.accepted.push({ turn, at })
  }

  /** The obligation was accepted or withdrawn: nobody holds it any more, and nothing waits beside it. */
  ended(item: StoryItem, at: Instant): void {
    const turn = this.open.get(item.item)
    if (turn) turn.endedAt = at
    this.open.delete(item.item)
    this.answered(item, at)
  }

  /** What the day of its performer rests on; changed in place. */
  partsOf({ item }: StoryItem): DueParts {
    const parts = this.parts.get(item)
    if (!parts) throw new Error(`nobody has performed ${item}`)
    return parts
  }

  /** The day that its parts give. */
  dueOf(item: StoryItem): Day {
    return expectedDue(this.partsOf(item), this.calendar)
  }

  /** The performer's work goes on in silence, with the day that its parts give or a later one that it had. */
  goOn(item: StoryItem, at: Instant): StoryTurn {
    const { stage } = this.parts.get(item.item)!
    this.stop(item, at)
    const turn = this.hold(item, stage, item.office, this.dueOf(item), at)
    turn.quiet = true
    return turn
  }

  /** Its turn ends, but what waits beside it goes on waiting. */
  stop({ item }: StoryItem, at: Instant): void {
    const turn = this.open.get(item)
    if (turn) turn.endedAt = at
    this.open.delete(item)
  }

  /** Somebody is asked for an answer beside the work. */
  ask(item: StoryItem, stage: Beside, office: string, at: Instant): StoryTurn {
    const work = { kind: item.kind, level: item.level, stage }
    const turn = this.turn(item, stage, office, this.calendar.step(dayOf(at), limitOf(work)), at)
    this.waiting.set(item.item, turn)
    return turn
  }

  answered({ item }: StoryItem, at: Instant): void {
    const turn = this.waiting.get(item)
    if (turn) turn.endedAt = at
    this.waiting.delete(item)
  }

  /** Somebody holds it from now on. */
  hold(item: StoryItem, stage: Work['stage'], office: string, dueOn: Day, at: Instant): StoryTurn {
    const turn = this.turn(item, stage, office, dueOn, at)
    this.open.set(item.item, turn)
    return turn
  }

  private performed(
    item: StoryItem,
    stage: 'perform' | 'redo',
    dates: { startOn: Day; fixedDueOn: Day | null },
    at: Instant,
  ): StoryTurn {
    const { kind, level } = item
    const limit = dates.fixedDueOn === null ? limitOf({ kind, level, stage }) : null
    this.parts.set(item.item, { ...dates, limit, still: [], more: [], stage })
    return this.hold(item, stage, item.office, this.dueOf(item), at)
  }

  private turn(item: StoryItem, stage: Work['stage'], office: string, dueOn: Day, at: Instant): StoryTurn {
    const { kind, level, follows = false } = item
    const held = { item: item.item, office, owner: item.office, startedAt: at, dueOn, endedAt: null }
    const turn: StoryTurn = { kind, level, stage, ...(follows && { follows }), ...held }
    this.turns.push(turn)
    return turn
  }
}

function limitOf(work: Work): number {
  const { limit } = expectedRule(work)
  if (limit === 'fixed') throw new Error(`${work.kind} needs a day`)
  return limit
}
