import type { Outcome, VisitFinding } from './vocabulary.ts'

/** What becomes of the household next: help that is seen through, visits while it belongs to a key group, or nothing. */
export type NextStep = 'follow-up' | 'monitoring' | null
/** `exit`: the household leaves what it was given, which is recorded with the reason and who decided (R9). */
export type OutcomeRule = { eligible: boolean; exit: boolean; next: NextStep }

const HELPED: OutcomeRule = { eligible: true, exit: false, next: 'follow-up' }
const GONE: OutcomeRule = { eligible: false, exit: true, next: null }
const NOTHING: OutcomeRule = { eligible: false, exit: false, next: null }

/** What each outcome says of itself (R8, R9, R16). */
export const OUTCOMES: Readonly<Record<Outcome, OutcomeRule>> = {
  dibao: HELPED,
  tekun: HELPED,
  'single-person-dibao': HELPED,
  'temporary-assistance': HELPED,
  'assistance-first': HELPED,
  'graduated-exit': { ...HELPED, exit: true },
  'marginal-household': HELPED,
  'rigid-expenditure': HELPED,
  'other-assistance': HELPED,
  'already-covered': { ...HELPED, next: null },
  ineligible: { ...NOTHING, next: 'monitoring' },
  'moved-away': GONE,
  deceased: GONE,
  'false-alarm': NOTHING,
  merged: NOTHING,
  'not-reachable': NOTHING,
}

/** What a visit leads to: the next visit, help that is seen through, or the end of monitoring (R16). */
export const VISIT_FINDINGS: Readonly<Record<VisitFinding, NextStep>> = {
  unchanged: 'monitoring',
  improved: null,
  enrolled: 'follow-up',
  moved: null,
  deceased: null,
}
