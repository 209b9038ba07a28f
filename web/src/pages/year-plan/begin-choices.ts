import type { NewYear } from './use-year-plan.ts'

type PhaseChoice = NonNullable<NewYear['begin']>[number]
export type PhaseCode = PhaseChoice['phase']
export const WAYS = ['done-before', 'taken-over', 'late'] as const satisfies readonly PhaseChoice['as'][]

/** How one past phase begins, as it stands in a form; empty where nothing is said. */
export type Beginning = { as: PhaseChoice['as']; wordOf: string; dueOn: string }
export const DONE_BEFORE: Beginning = { as: 'done-before', wordOf: '', dueOn: '' }

/** Of a phase that is taken over, another day must be said. */
export function isComplete({ as, dueOn }: Beginning): boolean {
  return as !== 'taken-over' || dueOn !== ''
}

/** What the API takes: of each way only what belongs to it. */
export function beginBody(chosen: Readonly<Partial<Record<PhaseCode, Beginning>>>): PhaseChoice[] {
  return (Object.entries(chosen) as [PhaseCode, Beginning][]).map(([phase, { as, wordOf, dueOn }]) => {
    switch (as) {
      case 'done-before':
        return { phase, as, ...(wordOf.trim() !== '' && { wordOf: wordOf.trim() }) }
      case 'taken-over':
        return { phase, as, dueOn }
      case 'late':
        return { phase, as }
    }
  })
}
