import type { Day, Instant } from '../domain/time/days.ts'
import { dayOf } from '../domain/time/days.ts'
import { expectedRule, type Work } from './policy-table.ts'
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
}
export type StoryItem = {
  item: string
  kind: string
  level: string | null
  office: string
  reviewer: string
  /** Of a warning and what follows from it: whether its household belongs to a key group. */
  keyGroup?: boolean
  /** It began with somebody's acceptance of something else. */
  follows?: boolean
  /** Whoever puts it right shows a file. */
  withEvidence?: boolean
}

/** The turn whose work was passed, and when. */
export type StoryAcceptance = { turn: StoryTurn; at: Instant }

/** What really happened, recorded apart from the product; the expectation is computed from it. */
export class ExpectedHistory {
  readonly turns: StoryTurn[] = []
  readonly accepted: StoryAcceptance[] = []
  private readonly open = new Map<string, StoryTurn>()
  private readonly calendar: SimpleCalendar

  constructor(calendar: SimpleCalendar) {
    this.calendar = calendar
  }

  /**
   * An obligation was registered. With `startOn` the limit counts from the day after; `fixedDueOn` is a fixed
   * day.
   */
  begin(item: StoryItem, startOn: Day, fixedDueOn: Day | null, at: Instant): StoryTurn {
    return this.turn(item, 'perform', { startOn, fixedDueOn }, at)
  }

  submitted(item: StoryItem, at: Instant): StoryTurn {
    this.ended(item, at)
    return this.turn(item, 'review', { startOn: dayOf(at), fixedDueOn: null }, at)
  }

  /** The obligation was returned by its reviewer, or reopened. */
  returned(item: StoryItem, at: Instant): StoryTurn {
    this.ended(item, at)
    return this.turn(item, 'redo', { startOn: dayOf(at), fixedDueOn: null }, at)
  }

  /** The reviewer passed it: its performer is told. */
  passed(item: StoryItem, at: Instant): void {
    this.ended(item, at)
    const turn = this.turns.findLast((t) => t.item === item.item && t.stage !== 'review')
    if (turn) this.accepted.push({ turn, at })
  }

  /** The obligation was accepted or withdrawn: nobody holds it any more. */
  ended({ item }: StoryItem, at: Instant): void {
    const turn = this.open.get(item)
    if (turn) turn.endedAt = at
    this.open.delete(item)
  }

  private turn(
    { item, kind, level, office, reviewer, follows = false }: StoryItem,
    stage: Work['stage'],
    { startOn, fixedDueOn }: { startOn: Day; fixedDueOn: Day | null },
    startedAt: Instant,
  ): StoryTurn {
    const work = { kind, level, stage }
    const turn = {
      ...work,
      ...(follows && { follows }),
      item,
      office: stage === 'review' ? reviewer : office,
      owner: office,
      startedAt,
      dueOn: fixedDueOn ?? this.dueOn(work, startOn),
      endedAt: null,
    }
    this.turns.push(turn)
    this.open.set(item, turn)
    return turn
  }

  private dueOn(work: Work, startOn: Day): Day {
    const { limit } = expectedRule(work)
    if (limit === 'fixed') throw new Error(`${work.kind} needs a day`)
    return this.calendar.step(startOn, limit)
  }
}
