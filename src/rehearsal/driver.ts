import { setClock } from '../services/schedule/clock.ts'
import { row, type Pool } from '../db/pool.ts'
import { beijingText, type Instant } from '../domain/time/days.ts'
import type { Responder } from './responder.ts'
import { reachQuiescence } from '../engine/quiescence.ts'

/** An actor outside the product, who acts at instants of their own choice. */
export type Actor = {
  /** When they act next; null for never again. */
  nextAt(): Instant | null
  /**
   * Does everything planned for this instant. `settled` waits until the product has processed what was done so
   * far.
   */
  act(at: Instant, settled: () => Promise<void>): Promise<void>
}

export type Drive = { steps: number; waitMs: number; unsettled: string[] }

/**
 * Wakes this close together are taken in one step, so that a year has fewer steps. Rounds and actors are never
 * overtaken.
 */
const TOGETHER_MS = 15 * 60_000

/**
 * Drives the stepped clock: moves it to the next instant at which something happens, and waits there for
 * quiescence.
 */
export class Driver {
  now: Instant
  readonly drive: Drive = { steps: 0, waitMs: 0, unsettled: [] }
  private readonly pool: Pool
  private readonly answers: Responder | undefined

  constructor(pool: Pool, start: Instant, answers?: Responder) {
    this.pool = pool
    this.answers = answers
    this.now = start
  }

  /** Plays until `until` (inclusive), or until nothing more happens. */
  async play(actors: readonly Actor[], until: Instant, onStep: (at: Instant) => void): Promise<void> {
    for (;;) {
      const action = earliest(actors.map((a) => a.nextAt()))
      const at = nextStop(await this.wakes(), action)
      if (at === null || at > until) return
      await this.goTo(Math.max(at, this.now))
      await this.settled()
      for (const actor of actors) await this.let(actor)
      onStep(this.now)
    }
  }

  /** Moves the clock; it pokes nothing. */
  async goTo(at: Instant): Promise<void> {
    this.now = at
    this.drive.steps += 1
    await setClock(this.pool, { mode: 'stepped', businessAt: at })
  }

  /** Waits until the product has processed the present instant. */
  readonly settled = async (): Promise<void> => {
    const since = performance.now()
    const unsettled = await reachQuiescence(
      this.pool,
      this.now,
      this.answers ? { answers: this.answers } : {},
    )
    this.drive.waitMs += performance.now() - since
    if (unsettled.length > 0)
      this.drive.unsettled.push(`${beijingText(this.now)} 未了:${unsettled.join('、')}`)
  }

  private async let(actor: Actor): Promise<void> {
    const at = actor.nextAt()
    if (at === null || at > this.now) return
    await actor.act(this.now, this.settled)
    await this.settled()
  }

  private async wakes(): Promise<Wakes> {
    const found = await row<Wakes>(
      this.pool,
      `select min(wake_at) as first, min(wake_at) filter (where kind = 'courier') as courier,
              array_agg(wake_at order by wake_at) filter (where kind <> 'courier' and wake_at <= (
                select min(wake_at) from watches where not done) + $1 * interval '1 millisecond') as near
         from watches where not done and wake_at is not null`,
      [TOGETHER_MS],
    )
    return found ?? { first: null, courier: null, near: null }
  }
}

export type Wakes = { first: Instant | null; courier: Instant | null; near: (Instant | string)[] | null }

/** The earliest wake, or a little later to take close ones along. */
export function nextStop({ first, courier, near }: Wakes, action: Instant | null): Instant | null {
  const at = earliest([first, action])
  if (at === null || at !== first) return at
  const bar = Math.min(courier ?? Infinity, action ?? Infinity)
  const along = (near ?? []).map((wake) => new Date(wake).getTime()).filter((wake) => wake < bar)
  return Math.max(at, ...along)
}

function earliest(instants: (Instant | null)[]): Instant | null {
  const known = instants.filter((at) => at !== null)
  return known.length === 0 ? null : Math.min(...known)
}
