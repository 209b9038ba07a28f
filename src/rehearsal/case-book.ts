import type { Day, Instant } from '../domain/time/days.ts'
import type { HandedIn } from './expected-following.ts'
import type { StoryItem, StoryTurn } from './expected-history.ts'
import type { HeldBefore } from './expected-turns.ts'
import type { Fate } from './fates.ts'
import type { Intent } from './officer-behaviour.ts'

/** `result`: what was handed in last. `brought`: what follows from it was looked up. */
export type Case = {
  id: string
  item: StoryItem
  round: number
  turn: StoryTurn
  result?: HandedIn
  brought?: boolean
  fate?: Fate
  /** More time that was asked for, of whom, and nobody has answered. */
  asked?: { days: number; office: string; by: string }
  /** The office that has been offered it and has not answered. */
  offered?: string
  /** It is paused at most until this day. */
  paused?: Day
  /** What was done to it a moment ago, and is about to be taken back. */
  takingBack?: TakingBack
  wasTakenBack?: boolean
}
/** What somebody has just done and will take back: how the case stood, what they did, and what began with it. */
export type TakingBack = { by: string; of: Case; done: Intent; memory: HeldBefore; began: Begun[] }
export type Begun = { id: string; item: StoryItem }
export type Plan = Intent & { of: Case; edition: number }

/** What everybody has in hand, and what they mean to do with it. What goes on otherwise than planned takes its plans along. */
export class CaseBook {
  private readonly cases = new Map<string, { of: Case; edition: number }>()
  private plans: Plan[] = []

  get open(): Case[] {
    return [...this.cases.values()].map(({ of }) => of)
  }

  nextAt(): Instant | null {
    return this.plans.length === 0 ? null : Math.min(...this.plans.map((plan) => plan.at))
  }

  /** Begins a case, or goes on with it anew: what was planned before is off. */
  put(of: Case, ...intents: (Intent | null)[]): void {
    const edition = (this.cases.get(of.id)?.edition ?? 0) + 1
    this.cases.set(of.id, { of, edition })
    this.plans = this.plans.filter((plan) => plan.of.id !== of.id)
    this.plan(of.id, ...intents)
  }

  /** Writes how a case stands; its plans stay. */
  amend(of: Case, ...intents: (Intent | null)[]): void {
    this.cases.get(of.id)!.of = of
    this.plan(of.id, ...intents)
  }

  /** Nobody has it any more. */
  close({ id }: Pick<Case, 'id'>): void {
    this.cases.delete(id)
    this.plans = this.plans.filter((plan) => plan.of.id !== id)
  }

  /** Takes what is planned up to an instant. */
  take(at: Instant): Plan[] {
    const due = this.plans.filter((plan) => plan.at <= at)
    this.plans = this.plans.filter((plan) => plan.at > at)
    return due
  }

  /** The plan with its case as it stands now; null where it is off. */
  fresh(plan: Plan): Plan | null {
    const now = this.cases.get(plan.of.id)
    return now === undefined || now.edition !== plan.edition ? null : { ...plan, of: now.of }
  }

  private plan(id: string, ...intents: (Intent | null)[]): void {
    const { of, edition } = this.cases.get(id)!
    for (const intent of intents) if (intent) this.plans.push({ ...intent, of, edition })
  }
}
