import { dayOf, type Day, instantAt, type Instant } from '../domain/time/days.ts'
import type { ActionCode } from '../domain/obligation/actions.ts'
import { kindOf } from '../kinds/kinds.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'
import type { SimpleCalendar } from './simple-calendar.ts'
import { sittingAfter, SITTINGS_A_DAY, sittingsOf } from './times.ts'

/** What somebody does next with an obligation, and when. */
export type Intent = {
  action: ActionCode
  at: Instant
  detail: object
}
export type Turning = { item: string; kind: string; startedAt: Instant; dueOn: Day; round: number }

const REASONS = {
  return: '材料不全,请补充入户核查情况',
  cancel: '源头部门撤回',
  reopen: '群众反映情况有变,重新核查',
}

/** How the county's people behave: mostly on time, some late, a few only in December. */
export class OfficerBehaviour {
  private readonly seed: number
  private readonly calendar: SimpleCalendar

  constructor(seed: number, calendar: SimpleCalendar) {
    this.seed = seed
    this.calendar = calendar
  }

  /** Acknowledges an obligation and does the work; or withdraws it, or does nothing until December. */
  performer(turn: Turning): Intent[] {
    const chance = seededRandom(this.seed, `perform|${turn.item}|${turn.round}`)
    const first = sittingAfter(turn.startedAt, this.calendar)
    if (turn.round === 0 && chance.happens(0.015))
      return [
        {
          action: 'cancel',
          at: this.sitting(dayOf(first), 1, anySitting(chance)),
          detail: { reason: REASONS.cancel },
        },
      ]
    const at = Math.max(first, this.submission(turn, chance.next(), chance))
    const submit: Intent = { action: 'submit', at, detail: { result: this.result(turn, at) } }
    const signs = turn.round === 0 && chance.happens(0.85) && at > first
    return signs ? [{ action: 'acknowledge', at: first, detail: {} }, submit] : [submit]
  }

  /** Hands in what goes on with another day than it began with. */
  handIn(turn: Turning, after: Instant): Intent {
    const chance = seededRandom(this.seed, `hand-in|${turn.item}|${turn.round}|${turn.dueOn}`)
    const first = sittingAfter(after, this.calendar)
    const at = Math.max(first, this.submission({ ...turn, startedAt: after }, chance.next(), chance))
    return { action: 'submit', at, detail: { result: this.result(turn, at) } }
  }

  /** A reviewer accepts most work within days, some late, and returns some of it once. */
  reviewer(turn: Turning): Intent {
    const chance = seededRandom(this.seed, `review|${turn.item}|${turn.round}`)
    const late = chance.happens(0.15)
    const at = this.sitting(
      dayOf(turn.startedAt),
      late ? chance.whole(6, 12) : chance.whole(1, 4),
      anySitting(chance),
    )
    const back = turn.round === 0 && chance.happens(0.14)
    return back
      ? { action: 'return', at, detail: { reason: REASONS.return } }
      : { action: 'accept', at, detail: {} }
  }

  /** Reopens some closed obligations. */
  afterwards(turn: Turning & { acceptedAt: Instant }): Intent | null {
    const chance = seededRandom(this.seed, `after|${turn.item}`)
    if (turn.round > 0 || !chance.happens(0.02)) return null
    const at = this.sitting(dayOf(turn.acceptedAt), chance.whole(3, 15), anySitting(chance))
    return { action: 'reopen', at, detail: { reason: REASONS.reopen } }
  }

  private submission(turn: Turning, kind: number, chance: SeededRandom): Instant {
    const { dueOn } = turn
    if (kind < 0.72) return this.inTime(turn, chance)
    if (kind < 0.97 || turn.round > 0) return this.sitting(dueOn, chance.whole(1, 12), anySitting(chance))
    return this.sitting(`${dueOn.slice(0, 4)}-11-30`, chance.whole(1, 9), anySitting(chance))
  }

  /** A working day up to the due day itself. */
  private inTime({ startedAt, dueOn }: Turning, chance: SeededRandom): Instant {
    const days: Day[] = []
    for (let day = this.calendar.step(dayOf(startedAt), 1); day <= dueOn; day = this.calendar.step(day, 1))
      days.push(day)
    return days.length === 0 ? instantAt(dueOn, '16:45') : chance.pick(sittingsOf(chance.pick(days)))
  }

  private sitting(after: Day, workingDays: number, which: number): Instant {
    return sittingsOf(this.calendar.step(after, workingDays))[which]!
  }

  private result({ kind, item }: Turning, at: Instant): object {
    const days = { today: dayOf(at), issuedOn: dayOf(at) }
    const chance = seededRandom(this.seed, `outcome|${item}`)
    return kindOf(kind).sampleResult((of) => chance.pick(of), days)
  }
}

function anySitting(chance: SeededRandom): number {
  return chance.whole(0, SITTINGS_A_DAY - 1)
}
