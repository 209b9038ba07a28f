import { codesOf, OUTCOME_LABELS, type Outcome } from './vocabulary.ts'
import type { VisitFinding } from './result-words.ts'

/** What becomes of the household next: help that is seen through, visits while it belongs to a key group, or nothing. */
export type NextStep = 'follow-up' | 'monitoring' | null
/**
 * `exit`: the household leaves what it was given, which is recorded with the reason and who decided (R9). `checked`: it is not
 * covered and still there, so the county may draw it for a check (R18, docs/sampling.md).
 */
export type OutcomeRule = { eligible: boolean; exit: boolean; next: NextStep; checked: boolean }

const HELPED: OutcomeRule = { eligible: true, exit: false, next: 'follow-up', checked: true }
const COVERED: OutcomeRule = { ...HELPED, checked: false }
const GONE: OutcomeRule = { eligible: false, exit: true, next: null, checked: false }
const NOTHING: OutcomeRule = { eligible: false, exit: false, next: null, checked: true }

/** What each outcome says of itself (R8, R9, R16). */
export const OUTCOMES: Readonly<Record<Outcome, OutcomeRule>> = {
  dibao: COVERED,
  tekun: COVERED,
  'single-person-dibao': COVERED,
  'temporary-assistance': HELPED,
  'assistance-first': HELPED,
  'graduated-exit': { ...HELPED, exit: true },
  'marginal-household': HELPED,
  'rigid-expenditure': COVERED,
  'other-assistance': HELPED,
  'already-covered': { ...COVERED, next: null },
  ineligible: { ...NOTHING, next: 'monitoring' },
  'moved-away': GONE,
  deceased: GONE,
  'false-alarm': NOTHING,
  merged: { ...NOTHING, checked: false },
  'not-reachable': NOTHING,
}

/** What an outcome comes to in the words of the notice (R9). */
export const ENDING_LABELS = {
  covered: '应保尽保:纳入保障',
  assisted: '应救尽救:给予救助',
  left: '应退尽退:退出或离开',
  closed: '不纳入(不符合、误报、合并、查无此户)',
} as const
export type Ending = keyof typeof ENDING_LABELS
/** What a list can be asked for. */
export const ENDING_FILTER_LABELS = { ...ENDING_LABELS, none: '还没有审定的结论' } as const

/** What each outcome comes to: whoever leaves has left, whatever else they are given. */
export function endingOf(outcome: Outcome): Ending {
  const { eligible, exit, checked } = OUTCOMES[outcome]
  if (exit) return 'left'
  if (!eligible) return 'closed'
  return checked ? 'assisted' : 'covered'
}

/** The outcomes that come to an ending. */
export function outcomesOf(ending: Ending): Outcome[] {
  return codesOf(OUTCOME_LABELS).filter((outcome) => endingOf(outcome) === ending)
}

/** Outcomes after which a household is covered, or no longer there: the county draws none of these. */
export const NOT_TO_BE_CHECKED: readonly Outcome[] = codesOf(OUTCOME_LABELS).filter(
  (code) => !OUTCOMES[code].checked,
)

/** What a visit leads to: the next visit, help that is seen through, or the end of monitoring (R16). */
export const VISIT_FINDINGS: Readonly<Record<VisitFinding, NextStep>> = {
  unchanged: 'monitoring',
  improved: null,
  enrolled: 'follow-up',
  moved: null,
  deceased: null,
}
