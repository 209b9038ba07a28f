import {
  EXIT_REASON_LABELS,
  FOLLOW_UP_STEP_LABELS,
  VISIT_FINDING_LABELS,
} from '../../../src/domain/obligation/vocabulary.ts'

/** The words of a table, free to be written in another language. */
const words = <K extends string>(labels: Record<K, string>): Record<K, string> => labels

/** What is handed in: the fields of each kind, the codes they may have, and the steps of a follow-up. */
export const followWords = {
  field: {
    outcome: '核查结论',
    exitReason: '退出原因',
    decidedBy: '由谁决定退出',
    finding: '走访结果',
    visitedOn: '走访日期',
    visitedBy: '走访人',
    on: '办理日期',
    by: '办理人',
  },
  choice: { finding: words(VISIT_FINDING_LABELS), exitReason: words(EXIT_REASON_LABELS) },
  step: words(FOLLOW_UP_STEP_LABELS),
}
