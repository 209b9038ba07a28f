import type { Office } from '../../session/use-offices.ts'
import type { NewProblem } from './use-problems.ts'

/** What is written of a problem, as its draft keeps it; `offices` are codes parted by spaces. */
export const NO_PROBLEM = {
  ...{ offices: '', origin: '', type: '', wrong: '', measure: '', responsible: '', dueOn: '', title: '' },
}
export type Written = typeof NO_PROBLEM
export type ProblemField = keyof Written

/** Every field of the form shows its own fault. */
export const SHOWN_AT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(NO_PROBLEM).map((field) => [field, field]),
)
const NEEDED = ['offices', 'origin', 'type', 'wrong', 'dueOn'] as const satisfies ProblemField[]
const OPTIONAL = ['title', 'measure', 'responsible'] as const satisfies ProblemField[]

export const codesIn = (offices: string): string[] => offices.split(' ').filter((code) => code !== '')

/** The offices a problem may be registered for: the towns one sees, or, who sees none, one's own. */
export function officesFor(known: readonly Office[], mine: readonly string[]): Office[] {
  const seen = known.filter(({ code }) => mine.includes(code))
  const towns = seen.filter(({ kind }) => kind === 'town')
  return towns.length > 0 ? towns : seen
}

/** The required fields that are empty. */
export function missingIn(written: Written): ProblemField[] {
  return NEEDED.filter((field) => written[field].trim() === '')
}

/** The body of the registration; the program says of a code that it is none. */
export function problemBody(written: Written): NewProblem {
  const given = OPTIONAL.filter((field) => written[field].trim() !== '')
  return {
    offices: codesIn(written.offices),
    origin: written.origin as NewProblem['origin'],
    type: written.type as NewProblem['type'],
    wrong: written.wrong,
    dueOn: written.dueOn,
    ...Object.fromEntries(given.map((field) => [field, written[field]])),
  }
}
