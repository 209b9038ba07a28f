import type { Day } from '../time/days.ts'
import type { Kind, Phase, State } from './vocabulary.ts'

export type GateItem = {
  id: string
  title: string
  state: State
  dueOn: Day
  kind: Kind
  phase: Phase | null
}
export type Gate<T extends GateItem> = { ready: boolean; blockers: T[]; carriedOver: T[] }

/**
 * Whether a phase may close, and what stands in the way (R12–R15). Verification waits for what is due by the phase's end and
 * carries later warnings over; zero-out waits for everything in the campaign but monitoring visits, which outlive it.
 */
export function gate<T extends GateItem>(phase: Phase, items: readonly T[], phaseDueOn: Day): Gate<T> {
  const open = items.filter((i) => i.state !== 'accepted' && i.state !== 'cancelled')
  if (phase === 'zero-out')
    return verdict(
      open.filter((i) => i.kind !== 'monitoring-visit'),
      open.filter((i) => i.kind === 'monitoring-visit'),
    )
  const own = open.filter((i) => i.phase === phase)
  if (phase !== 'verification') return verdict(own, [])
  return verdict(
    own.filter((i) => i.dueOn <= phaseDueOn),
    own.filter((i) => i.dueOn > phaseDueOn),
  )
}

function verdict<T extends GateItem>(blockers: T[], carriedOver: T[]): Gate<T> {
  return { ready: blockers.length === 0, blockers, carriedOver }
}
