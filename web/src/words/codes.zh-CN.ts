import { CONTENT_LABELS } from '../../../src/domain/obligation/changes.ts'
import { TO_BE_DONE_TODAY } from '../../../src/domain/obligation/clock-status.ts'
import { BEGIN_CHOICE_LABELS } from '../../../src/domain/obligation/begin-phase.ts'
import {
  CAUSE_FILTER_LABELS,
  CAUSE_LABELS,
  GROUP_FILTER_LABELS,
  GROUP_LABELS,
  LEVEL_FILTER_LABELS,
  LIST_QUEUE_LABELS,
  OUTCOME_FILTER_LABELS,
  OUTCOME_LABELS,
  PHASE_LABELS,
  SOURCE_FILTER_LABELS,
  SOURCE_LABELS,
  STAGE_LABELS,
  STATE_LABELS,
} from '../../../src/domain/obligation/vocabulary.ts'
import { ENDING_FILTER_LABELS, ENDING_LABELS } from '../../../src/domain/obligation/outcomes.ts'
import { KIND_LABELS } from './kinds.ts'

/** The words of a table, free to be written in another language. */
const words = <K extends string>(labels: Record<K, string>): Record<K, string> => labels

/** Tables of codes. */
export const codeWords = {
  level: { red: '红', orange: '橙', yellow: '黄' },
  cause: words(CAUSE_LABELS),
  group: words(GROUP_LABELS),
  source: words(SOURCE_LABELS),
  phase: words(PHASE_LABELS),
  kind: words(KIND_LABELS),
  obligationState: words(STATE_LABELS),
  stage: words(STAGE_LABELS),
  outcome: words(OUTCOME_LABELS),
  ending: words(ENDING_LABELS),
  /** What a list says of a field of which nothing is known. */
  withoutCode: words({
    ...{
      cause: CAUSE_FILTER_LABELS.none,
      group: GROUP_FILTER_LABELS.none,
      source: SOURCE_FILTER_LABELS.none,
    },
    ...{ outcome: OUTCOME_FILTER_LABELS.none, ending: ENDING_FILTER_LABELS.none },
  }),
  queue: words(LIST_QUEUE_LABELS),
  content: words(CONTENT_LABELS),
  beginChoice: words(BEGIN_CHOICE_LABELS),
  levelFilter: words(LEVEL_FILTER_LABELS),
  clock: {
    'not-due': '剩 {days} 个工作日',
    'due-soon': '剩 {days} 个工作日',
    'due-today': '今日到期',
    'to-be-done-today': TO_BE_DONE_TODAY,
    overdue: '逾期 {days} 个工作日',
    'overdue-short': '逾期不满 1 个工作日',
    'due-on-day-off': '休息日到期',
    'review-late': '复核已过期限',
    done: '已办结',
    'done-late': '迟办',
    suspended: '暂停',
    cancelled: '已撤销',
    provisional: '暂定',
    wasLate: '曾逾期',
  },
}
