import type { ActionInput, Refusal } from '../../domain/obligation/lifecycle.ts'
import { kindOf } from '../../kinds/kinds.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import type { Sql } from '../../db/pool.ts'
import { attachmentIds, foreignEvidence } from '../attachments/store.ts'

export const UNKNOWN_EVIDENCE: Refusal = {
  refused: 'unknown-evidence',
  message: '选的佐证材料里有不属于这件事项的,请刷新后重新选择。',
  field: 'result/evidence',
}

/** What is handed in may name files of the same obligation alone. */
export async function evidenceRefusal(
  tx: Sql,
  obligation: string,
  action: ActionInput,
): Promise<Refusal | null> {
  if (action.action !== 'submit') return null
  const { evidence } = action.result
  if (!Array.isArray(evidence)) return null
  const [strange] = await foreignEvidence(tx, obligation, evidence.map(String))
  return strange === undefined ? null : UNKNOWN_EVIDENCE
}

/** Whoever hands in without naming files hands in all that hang on it. */
export async function withEvidence(
  tx: Sql,
  { id, kind }: { id: string; kind: Kind },
  action: ActionInput,
): Promise<ActionInput> {
  if (action.action !== 'submit' || !kindOf(kind).takesEvidence || action.result['evidence'] !== undefined)
    return action
  const evidence = await attachmentIds(tx, id)
  return evidence.length === 0 ? action : { ...action, result: { ...action.result, evidence } }
}
