import { z } from 'zod'
import type { Day } from '../time/days.ts'
import { isClosed, type Kind, type Phase, type State } from './vocabulary.ts'

/**
 * What a phase waits for before it closes (R12–R15): its own items; those of its own due by its last day, the later ones
 * being carried over; or everything of the campaign but what outlives it.
 */
export const gateRuleSchema = z.strictObject({ waitsFor: z.enum(['own', 'own-due-by-end', 'campaign']) })
export type GateRule = z.infer<typeof gateRuleSchema>

export type GateItem = {
  id: string
  title: string
  state: State
  dueOn: Day
  kind: Kind
  phase: Phase | null
}
export type GatePhase = { code: Phase; gate: GateRule; dueOn: Day }
export type GateStatus<T extends GateItem> = { ready: boolean; blockers: T[]; carriedOver: T[] }

/**
 * Whether a phase may close, and what stands in the way.
 * @param outlivesCampaign whether items of a kind go on after the campaign
 */
export function gateStatusOf<T extends GateItem>(
  phase: GatePhase,
  items: readonly T[],
  outlivesCampaign: (kind: Kind) => boolean,
): GateStatus<T> {
  const open = items.filter((i) => !isClosed(i.state))
  const own = open.filter((i) => i.phase === phase.code)
  switch (phase.gate.waitsFor) {
    case 'own':
      return split(own, () => true)
    case 'own-due-by-end':
      return split(own, (i) => i.dueOn <= phase.dueOn)
    case 'campaign':
      return split(open, (i) => !outlivesCampaign(i.kind))
  }
}

function split<T extends GateItem>(open: T[], blocks: (item: T) => boolean): GateStatus<T> {
  const blockers = open.filter(blocks)
  return { ready: blockers.length === 0, blockers, carriedOver: open.filter((item) => !blocks(item)) }
}
