import type { ResultCheck } from '../../domain/obligation/lifecycle.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { checkResult } from '../../kinds/check-result.ts'
import { kindOf } from '../../kinds/kinds.ts'
import type { ListedHits } from '../../kinds/listed-hits.ts'
import type { Entered } from './entry-counts.ts'
import { readFacts, type Stored } from './facts.ts'

/** What its kind asks of the result somebody hands in now for an obligation. */
export function resultCheckOf(
  of: Stored & { facts: unknown; issuedAt: Instant },
  now: Instant,
  entered: Partial<Entered> & { listed?: ListedHits | null } = {},
): ResultCheck {
  const known = {
    ...entered,
    facts: readFacts(of, of.facts),
    today: dayOf(now),
    issuedOn: dayOf(of.issuedAt),
  }
  return (result) => {
    const [issue] = checkResult(kindOf(of.kind), known, result).issues
    return issue ? { refused: issue.refused, message: issue.message, field: issue.pointer.slice(1) } : null
  }
}
