import type { ResultCheck } from '../../domain/obligation/lifecycle.ts'
import { codesOf, type Kind, OUTCOME_LABELS, type Outcome } from '../../domain/obligation/vocabulary.ts'

/** What a kind asks of the result somebody hands in: a warning closes only with a coded outcome (R8). */
export function resultCheckOf(kind: Kind): ResultCheck {
  return kind === 'warning' ? requireOutcome : () => null
}

const requireOutcome: ResultCheck = ({ outcome }) =>
  codesOf(OUTCOME_LABELS).includes(outcome as Outcome)
    ? null
    : {
        refused: 'outcome-required',
        message: '预警核查必须写明核查结论,请选择一个结论再提交。',
        field: 'result/outcome',
      }
