import { type GateStatus, gateStatusOf } from '../../domain/obligation/gates.ts'
import { kindOf } from '../../kinds/kinds.ts'
import type { PhaseItem, PhaseRow } from './phases.ts'

/** Whether a phase may close, by the rule of its template and what each kind says of itself. */
export function phaseGate(phase: PhaseRow, unfinished: readonly PhaseItem[]): GateStatus<PhaseItem> {
  return gateStatusOf(phase, unfinished, (kind) => kindOf(kind).outlivesCampaign)
}
