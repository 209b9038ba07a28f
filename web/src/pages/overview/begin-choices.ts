import type { operations } from '../../../generated/api.d.ts'

export type NewCampaign = operations['startCampaign']['requestBody']['content']['application/json']
type PhaseChoice = NonNullable<NewCampaign['begin']>[number]
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

/** This year where its campaign has not begun, else null: the overview shows the newest campaign. @param latest its year */
export function yearToStart(today: string, latest: number | undefined): number | null {
  const year = Number(today.slice(0, 4))
  return latest === undefined || latest < year ? year : null
}
