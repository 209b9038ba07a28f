import type { ResultCheck } from '../../domain/obligation/lifecycle.ts'
import { checkResult } from '../../kinds/check-result.ts'
import type { HandedInAt } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { readFacts, type Stored } from './facts.ts'

/** What its kind asks of the result somebody hands in for an obligation. */
export function resultCheckOf(of: Stored & { facts: unknown }, at: HandedInAt): ResultCheck {
  return (result) => {
    const [issue] = checkResult(kindOf(of.kind), readFacts(of, of.facts), result, at).issues
    return issue ? { refused: issue.refused, message: issue.message, field: issue.pointer.slice(1) } : null
  }
}
