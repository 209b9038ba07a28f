import type { ProblemPart } from '../../contract/api/problem-part.ts'
import {
  NO_EVIDENCE_LABELS,
  type NoEvidence,
  PROBLEM_ORIGIN_LABELS,
  PROBLEM_TYPE_LABELS,
  type ProblemOrigin,
  type ProblemType,
  strikeOffLabel,
} from '../../domain/obligation/problem-words.ts'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { type Actor, mayIn } from '../../domain/people/permissions.ts'
import { rectification } from '../../kinds/rectification.ts'
import { readFacts, readResult } from '../../services/obligations/facts.ts'
import { decryptProblem } from '../../services/problems/content.ts'
import type { ProblemRow } from '../../services/problems/search.ts'
import type { Keyring } from '../../services/vault/encryption.ts'

type Facts = { origin?: ProblemOrigin; type?: ProblemType; responsible?: string }

/** What is known of a problem beside its obligation; its words for those alone who may read notes of that office. */
export function showProblemPart(row: ProblemRow, keys: Keyring, actor: Actor): ProblemPart {
  const stored = { id: row.id, kind: rectification.code }
  const { origin = null, type = null, responsible } = readFacts(stored, row.facts) as Facts
  const { noEvidence = null } = (readResult(stored, row.result) ?? {}) as { noEvidence?: NoEvidence }
  const mayRead = actor.personal && mayIn(actor, 'notes:read', row.officeCode)
  const said = mayRead ? decryptProblem(keys, row) : null
  return {
    ...{ origin, type, noEvidence, attachments: row.attachments, batch: row.batch },
    foundBy: row.foundBy === null ? null : { id: row.foundBy, finding: row.finding },
    ...{ wrong: said?.wrong ?? null, measure: said?.measure ?? null },
    responsible: said?.responsible ? { id: responsible ?? null, name: said.responsible } : null,
    strikeOff: strikeOffOf(row),
    labels: {
      state: STATE_LABELS[row.state],
      ...(origin && { origin: PROBLEM_ORIGIN_LABELS[origin] }),
      ...(type && { type: PROBLEM_TYPE_LABELS[type] }),
      ...(noEvidence && { noEvidence: NO_EVIDENCE_LABELS[noEvidence] }),
    },
  }
}

/** A problem that was reopened keeps its number and is not struck off. */
function strikeOffOf({ state, number, numberYear }: ProblemRow): string | null {
  if (state !== 'accepted' || number === null || numberYear === null) return null
  return strikeOffLabel({ year: numberYear, number })
}
