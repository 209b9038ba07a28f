import type { ActionCode } from '../domain/obligation/actions.ts'
import { dayOf, endOfDay, type Instant } from '../domain/time/days.ts'
import type { CallWork } from './call-work.ts'
import type { Case, CaseBook, Plan } from './case-book.ts'
import type { ExpectedHistory, StoryItem } from './expected-history.ts'
import { expectedDue, waitedPast } from './expected-parts.ts'
import { calledOf } from './expected-turns.ts'
import { Fates } from './fates.ts'
import type { LifeBehaviour } from './life-behaviour.ts'
import type { Intent, Turning } from './officer-behaviour.ts'
import type { People } from './people.ts'
import type { StoryDecision } from './told-of-life.ts'

type Parts = {
  story: ExpectedHistory
  book: CaseBook
  behaviour: LifeBehaviour
  people: People
  calls: CallWork
}
type Done = Plan & { doneAt: Instant }

/** What becomes of work besides being done and reviewed: more time is asked for, it goes to another town. */
export class LifeWork {
  readonly decisions: StoryDecision[] = []
  private readonly fates = new Fates()
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** What is done with new work instead of what was planned; the plan where nothing special happens. */
  begin(of: Case, intents: Intent[]): { of: Case; intents: Intent[] } {
    const { people, behaviour } = this.parts
    if (!people.isTown(of.item.office) || intents.some(({ action }) => action === 'cancel'))
      return { of, intents }
    const fate = this.fates.of(of.item)
    if (fate === null) return { of, intents }
    const intent =
      fate.act === 'ask'
        ? behaviour.ask(turningOf(of), of.item.level === 'red')
        : behaviour.offer(turningOf(of), this.otherTown(of.item))
    if (intent === null) return { of, intents }
    const signing = intents.filter(({ action, at }) => action === 'acknowledge' && at < intent.at)
    return { of: { ...of, fate }, intents: [...signing, intent] }
  }

  /** Who answers: whoever was asked, or whoever manages both offices. */
  answering(action: ActionCode, { asked, offered, fate, item }: Case): string | null {
    if (action === 'grant-extension' || action === 'refuse-extension') return asked?.office ?? null
    if (action === 'accept-hand-over' && fate?.answer === 'decided-above') return item.reviewer
    if (action === 'accept-hand-over' || action === 'refuse-hand-over') return offered ?? null
    return null
  }

  /** @returns whether it was such an action */
  goOn(plan: Plan, at: Instant): boolean {
    const done = { ...plan, doneAt: at }
    switch (plan.action) {
      case 'request-extension':
        this.asked(done)
        return true
      case 'grant-extension':
      case 'refuse-extension':
        this.answered(done)
        return true
      case 'offer-hand-over':
        this.offered(done)
        return true
      case 'accept-hand-over':
        this.handedOver(done)
        return true
      case 'refuse-hand-over':
      case 'withdraw-hand-over':
        this.kept(done)
        return true
      default:
        return false
    }
  }

  private asked({ of, detail, doneAt }: Done): void {
    const { story, book, behaviour, people } = this.parts
    const { days } = detail as { days: number }
    story.partsOf(of.item).more.push(days)
    const turn = story.goOn(of.item, doneAt)
    const office = approverOf(of.item, people)
    story.ask(of.item, 'extension', office, doneAt)
    const answer = of.fate?.act === 'ask' ? of.fate.answer : 'none'
    const next = { ...of, turn, asked: { days, office, by: of.item.office } }
    const late = answer === 'none' || answer === 'refused-late'
    book.put(next, behaviour.answer(answer, of.item.item, doneAt), ...this.handIn(next, doneAt, late))
  }

  private answered({ of, action, detail, doneAt }: Done): void {
    const { story, book } = this.parts
    const { asked, ...rest } = of
    if (!asked) throw new Error(`${of.item.item} has asked for nothing`)
    story.answered(of.item, doneAt)
    const granted =
      action === 'refuse-extension' ? 0 : ((detail as { grantedDays?: number }).grantedDays ?? asked.days)
    const turn = granted === asked.days ? of.turn : this.shortened(of, asked.days, granted, doneAt)
    this.decide(of.item, action as 'grant-extension', { dueOn: turn.dueOn, at: doneAt })
    book.amend({ ...rest, turn })
  }

  /** Less than was asked for: the day goes back, but not before the answer. */
  private shortened({ item }: Case, asked: number, granted: number, at: Instant) {
    const { story } = this.parts
    const parts = story.partsOf(item)
    const more = parts.more.slice(0, -1)
    const dueWith = (days: number) => expectedDue({ ...parts, more: [...more, days] }, story.calendar)
    const waited = waitedPast(dueWith(granted), dueWith(asked), dayOf(at), story.calendar)
    parts.more = [...more, granted]
    if (waited) parts.still.push(waited)
    return story.goOn(item, at)
  }

  private offered({ of, detail, doneAt }: Done): void {
    const { story, book, behaviour } = this.parts
    const { toOffice } = detail as { toOffice: string }
    story.ask(of.item, 'hand-over', toOffice, doneAt)
    const answer = of.fate?.act === 'offer' ? of.fate.answer : 'none'
    const next = { ...of, offered: toOffice }
    const intent = behaviour.answerOffer(answer, of.item.item, doneAt)
    book.put(next, ...(intent === null ? this.handIn(next, doneAt, true) : [intent]))
  }

  /** It goes on in the other town, from its start and with its day. */
  private handedOver({ of, doneAt }: Done): void {
    const { story, book, people } = this.parts
    const { offered: to, ...rest } = of
    if (to === undefined) throw new Error(`${of.item.item} was offered to nobody`)
    story.answered(of.item, doneAt)
    const item = { ...of.item, office: to, reviewer: people.reviewerOf(to) }
    const turn = story.goOn(item, doneAt)
    const told = { dueOn: turn.dueOn, at: doneAt }
    const gone = { ...told, office: of.item.office, performer: people.office(to).name }
    this.decide(of.item, 'accept-hand-over', gone)
    if (of.fate?.answer === 'decided-above') this.decide(item, 'hand-over-decided', told)
    const next = { ...rest, item, turn }
    book.put(next, ...this.handIn(next, doneAt, false))
  }

  private kept({ of, action, doneAt }: Done): void {
    const { story, book } = this.parts
    const { offered: _, ...rest } = of
    story.answered(of.item, doneAt)
    if (action === 'refuse-hand-over') this.decide(of.item, action, { dueOn: of.turn.dueOn, at: doneAt })
    book.put(rest, ...this.handIn(rest, doneAt, false))
  }

  private handIn(of: Case, at: Instant, isUnanswered: boolean): Intent[] {
    const { behaviour, calls } = this.parts
    return calls.with(of, [behaviour.handIn(turningOf(of), at, isUnanswered)], at)
  }

  /** Goes on with what was paused, or for what nobody asks any more. */
  resume(of: Case, at: Instant): void {
    this.parts.book.put(of, ...this.handIn(of, at, false))
  }

  /** Whoever performs it, or the office that is named, is told in the morning. */
  decide(
    item: StoryItem,
    action: StoryDecision['action'],
    { office = null, performer = '', ...told }: Pick<StoryDecision, 'dueOn' | 'at'> & Partial<StoryDecision>,
  ): void {
    this.decisions.push({ item: item.item, name: calledOf(item), action, office, performer, ...told })
  }

  /** The town after it in the list, as if the file had slipped by a line. */
  private otherTown({ office }: StoryItem): string {
    const towns = this.parts.people.offices.filter(({ kind }) => kind === 'town')
    return towns[(towns.findIndex(({ code }) => code === office) + 1) % towns.length]!.code
  }
}

/** Whether a recount has put the due day before the day on which more time was to be asked for: then nobody asks. */
export function isTooLate({ action, of }: Plan, at: Instant): boolean {
  return action === 'request-extension' && at >= endOfDay(of.turn.dueOn)
}

/** The leader decides about red ones; else the centre that reviews the town. */
export function approverOf({ level, reviewer }: StoryItem, people: People): string {
  if (level !== 'red') return reviewer
  return people.offices.find(({ kind }) => kind === 'county-bureau')!.code
}

export function turningOf({ item, round, turn }: Case): Turning {
  return { item: item.item, kind: item.kind, round, startedAt: turn.startedAt, dueOn: turn.dueOn }
}
