import { addDays, type Day } from '../time/days.ts'
import type { Phase } from './vocabulary.ts'

/** How a phase begins that is past when its campaign is launched. */
export const BEGIN_CHOICE_LABELS = {
  'done-before': '启用前已办结',
  'taken-over': '接办,另定日期',
  late: '照实逾期',
} as const
export type BeginChoice = keyof typeof BEGIN_CHOICE_LABELS

/** What is decided about one phase that is past when its campaign is launched. */
export type PhaseChoice =
  | { phase: Phase; as: 'done-before'; wordOf?: string | undefined }
  | { phase: Phase; as: 'taken-over'; dueOn: Day }
  | { phase: Phase; as: 'late' }

/** The decisions of a launch: who made them, and on whose word a phase without another word is taken as done. */
export type LaunchChoices = { choices: readonly PhaseChoice[]; by: string; wordOf: string }

/** How a phase begins. `dueOn` is the day in force; null where nothing was to be decided. */
export type PhaseBeginning = {
  dueOn: Day
  begunAs: BeginChoice | null
  begunWordOf: string | null
  begunBy: string | null
  originalDueOn: Day | null
}

/** A year is the longest a receipt can count. */
const LONGEST_DAYS = 365

/** Its day is over. On its last day something is still due. */
export function isPast(dueOn: Day, today: Day): boolean {
  return dueOn < today
}

/**
 * What becomes of a phase at the launch: past and without a choice, it is taken as done before. Without a beginning every
 * phase begins as it stands.
 */
export function beginPhase(
  { code, dueOn }: { code: Phase; dueOn: Day },
  beginning: LaunchChoices | undefined,
  today: Day,
): PhaseBeginning {
  const untouched = { dueOn, begunAs: null, begunWordOf: null, begunBy: null, originalDueOn: null }
  if (!beginning || !isPast(dueOn, today)) return untouched
  const { choices, by, wordOf } = beginning
  const choice = choices.find(({ phase }) => phase === code) ?? { phase: code, as: 'done-before' }
  const decided = { ...untouched, begunAs: choice.as, begunBy: by }
  switch (choice.as) {
    case 'done-before':
      return { ...decided, begunWordOf: choice.wordOf ?? wordOf }
    case 'taken-over':
      return { ...decided, dueOn: choice.dueOn, originalDueOn: dueOn }
    case 'late':
      return decided
  }
}

/** How one item of a phase begins. An item with a day of its own that is still to come is untouched. */
export function beginItem(
  phase: Pick<PhaseBeginning, 'dueOn' | 'begunAs' | 'originalDueOn'>,
  ownDueOn: Day | null,
  launchedOn: Day,
): { begunAs: BeginChoice | null; dueOn: Day; originalDueOn: Day | null } {
  const planned = ownDueOn ?? phase.originalDueOn ?? phase.dueOn
  if (phase.begunAs === null || !isPast(planned, launchedOn))
    return { begunAs: null, dueOn: planned, originalDueOn: null }
  return phase.begunAs === 'taken-over'
    ? { begunAs: 'taken-over', dueOn: phase.dueOn, originalDueOn: planned }
    : { begunAs: phase.begunAs, dueOn: planned, originalDueOn: null }
}

/** A choice that cannot be taken, and why; `field` is what has to be mended. */
export type Misfit = { index: number; field: 'phase' | 'dueOn'; message: string }

/** Checks the choices against the plan: each about a phase that is past, once, and with a day that is still to come. */
export function misfits(
  phases: readonly { code: Phase; dueOn: Day }[],
  choices: readonly PhaseChoice[],
  today: Day,
): Misfit[] {
  return choices.flatMap((choice, index) => {
    const phase = phases.find(({ code }) => code === choice.phase)
    const field = 'phase'
    if (!phase) return [{ index, field, message: '行动模板里没有这个阶段' }]
    if (choices.findIndex((other) => other.phase === choice.phase) < index)
      return [{ index, field, message: '一个阶段只能选一种办法' }]
    if (!isPast(phase.dueOn, today))
      return [{ index, field, message: `这个阶段 ${phase.dueOn} 才到期,照常进行,不用选` }]
    return choice.as === 'taken-over' ? misfitDay(choice.dueOn, index, today) : []
  })
}

function misfitDay(dueOn: Day, index: number, today: Day): Misfit[] {
  const last = addDays(today, LONGEST_DAYS)
  if (dueOn >= today && dueOn <= last) return []
  return [{ index, field: 'dueOn', message: `新的日期要在 ${today} 到 ${last} 之间` }]
}
