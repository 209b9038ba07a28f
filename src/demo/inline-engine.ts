import type { Instant } from '../domain/time/days.ts'
import { createCourierActivities } from '../activities/courier.ts'
import { createDeadlineActivities } from '../activities/deadline.ts'
import type { BaseDeps, LetterDeps } from '../services/deps.ts'
import { pendingWork } from '../engine/quiescence.ts'
import { createTimelineActivities } from '../activities/timeline.ts'
import { setClock } from '../services/schedule/clock.ts'
import { deletePokes, pendingPokes, type WatchKind } from '../services/watching/pokes.ts'
import { dueWatches, earliestWake } from '../services/watching/watches.ts'

/** Files, and many obligations at once, are worked on by the engine's own workers. */
const ENGINES_OWN: readonly WatchKind[] = ['import', 'bulk']

/**
 * Asks the workflows' questions in turn under a stepped clock, without Temporal. It lays a demonstration's past
 * before the engine is up. What people do meanwhile is carried out; a file they upload waits for the engine.
 */
export function makeInlineEngine(deps: BaseDeps & { letters: LetterDeps }) {
  const { tickDeadline } = createDeadlineActivities(deps)
  const { tickTimeline } = createTimelineActivities(deps)
  const { tickCourier } = createCourierActivities(deps)
  const ask: Partial<Record<WatchKind, (subject: string, poke: number) => Promise<unknown>>> = {
    deadline: tickDeadline,
    timeline: tickTimeline,
    courier: tickCourier,
  }

  async function answerPokes(): Promise<void> {
    for (;;) {
      const groups = await pendingPokes(deps.pool, 1_000, ENGINES_OWN)
      if (groups.length === 0) return
      for (const group of groups) {
        await ask[group.kind]?.(group.subject, group.upTo)
        await deletePokes(deps.pool, group.ids)
      }
    }
  }

  async function wakeDue(now: Instant): Promise<void> {
    for (const watch of await dueWatches(deps.pool, now)) await ask[watch.kind]?.(watch.subject, 0)
  }

  return {
    /** Moves business time to an instant; everything due on the way happens at its time. */
    async advanceTo(until: Instant): Promise<void> {
      await answerPokes()
      for (let wake = await earliestWake(deps.pool); wake !== null && wake <= until;) {
        await setClock(deps.pool, { mode: 'stepped', businessAt: wake })
        await wakeDue(wake)
        await answerPokes()
        wake = await earliestWake(deps.pool)
      }
      await setClock(deps.pool, { mode: 'stepped', businessAt: until })
      // All pokes that are answered here are. An upload waits for the engine, and its poke with it.
      const pending = (await pendingWork(deps.pool, until)).filter(
        (w) => !['imports', 'bulk-runs', 'pokes'].includes(w),
      )
      if (pending.length > 0) throw new Error(`the demonstration left work undone: ${pending.join(', ')}`)
    },
  }
}
