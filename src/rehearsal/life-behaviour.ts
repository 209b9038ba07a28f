import { type Day, dayOf, type Instant } from '../domain/time/days.ts'
import type { Fate } from './fates.ts'
import type { Intent, OfficerBehaviour, Turning } from './officer-behaviour.ts'
import { seededRandom } from './seeded-random.ts'
import type { SimpleCalendar } from './simple-calendar.ts'
import { sittingAfter, sittingsOf } from './times.ts'

type Asking = Extract<Fate, { act: 'ask' }>['answer']
type Offering = Extract<Fate, { act: 'offer' }>['answer']

const REASONS = {
  ask: '户主外出务工,约好日子再入户',
  refuse: '路途不远,请按原期限办理',
  offer: '户籍已迁到贵镇,文件里的乡镇写错了',
  refuseOffer: '不是本镇的户',
}
/** An answer to a request may take two working days; later it is late, and goes up. */
const LATE_ANSWER_DAYS = 4
/** Nobody answers: time enough for it to go up, before the work is handed in all the same. */
const UNANSWERED_DAYS = 6

/** When people ask for more time, offer work to another town and telephone, and when those who are asked answer. */
export class LifeBehaviour {
  private readonly seed: number
  private readonly calendar: SimpleCalendar
  private readonly officers: OfficerBehaviour

  constructor(seed: number, calendar: SimpleCalendar, officers: OfficerBehaviour) {
    this.seed = seed
    this.calendar = calendar
    this.officers = officers
  }

  /** Asks on a working day up to the due day; null where none is left. */
  ask(turning: Turning, isRed: boolean): Intent | null {
    const chance = seededRandom(this.seed, `ask|${turning.item}`)
    const days = this.daysUpTo(turning)
    if (days.length === 0) return null
    const on = chance.happens(0.3) ? days.at(-1)! : chance.pick(days)
    const at = chance.pick(sittingsOf(on).filter((sitting) => sitting > turning.startedAt))
    return { action: 'request-extension', at, detail: { reason: REASONS.ask, days: isRed ? 2 : 4 } }
  }

  /** What is answered to a request; null for nothing. */
  answer(answer: Asking, item: string, at: Instant): Intent | null {
    const chance = seededRandom(this.seed, `answer|${item}`)
    const soon = this.after(at, chance.whole(0, 1))
    switch (answer) {
      case 'none':
        return null
      case 'granted':
        return { action: 'grant-extension', at: soon, detail: {} }
      case 'shortened':
        return { action: 'grant-extension', at: soon, detail: { grantedDays: 1 } }
      case 'refused':
        return { action: 'refuse-extension', at: soon, detail: { reason: REASONS.refuse } }
      case 'refused-late':
        return {
          action: 'refuse-extension',
          at: this.after(at, LATE_ANSWER_DAYS),
          detail: { reason: REASONS.refuse },
        }
    }
  }

  /** Offered as soon as somebody looks at it. */
  offer({ item, startedAt }: Turning, toOffice: string): Intent {
    const chance = seededRandom(this.seed, `offer|${item}`)
    const at = this.after(startedAt, chance.whole(0, 1))
    return { action: 'offer-hand-over', at, detail: { toOffice, reason: REASONS.offer } }
  }

  answerOffer(answer: Offering, item: string, at: Instant): Intent | null {
    const chance = seededRandom(this.seed, `offered|${item}`)
    const soon = this.after(at, chance.whole(0, 2))
    switch (answer) {
      case 'none':
        return null
      case 'accepted':
        return { action: 'accept-hand-over', at: soon, detail: {} }
      case 'decided-above':
        return { action: 'accept-hand-over', at: this.after(at, LATE_ANSWER_DAYS), detail: {} }
      case 'refused':
        return { action: 'refuse-hand-over', at: soon, detail: { reason: REASONS.refuseOffer } }
      case 'withdrawn':
        return { action: 'withdraw-hand-over', at: soon, detail: {} }
    }
  }

  /** Hands in what went on otherwise than planned, not before whoever was to answer had the time to. */
  handIn(turning: Turning, at: Instant, isUnanswered: boolean): Intent {
    const submit = this.officers.handIn(turning, at)
    const least = isUnanswered ? this.after(at, UNANSWERED_DAYS) : sittingAfter(at, this.calendar)
    return { ...submit, at: Math.max(submit.at, least) }
  }

  private after(at: Instant, workingDays: number): Instant {
    if (workingDays === 0) return sittingAfter(at, this.calendar)
    return sittingsOf(this.calendar.step(dayOf(at), workingDays))[0]!
  }

  private daysUpTo({ startedAt, dueOn }: Turning): Day[] {
    const days: Day[] = []
    for (let day = this.calendar.step(dayOf(startedAt), 1); day <= dueOn; day = this.calendar.step(day, 1))
      days.push(day)
    return days
  }
}
