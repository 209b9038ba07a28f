import type { Stage } from '../obligation/vocabulary.ts'

/**
 * An assignment begins: somebody is given work, it was handed in to its reviewer, it came back to be redone, it was suspended, more
 * time was requested, or another office was asked to take it over.
 */
export const START_SERIES = ['assigned', 'submitted', 'returned', 'paused', 'requested', 'offered'] as const
export type StartSeries = (typeof START_SERIES)[number]
export const START_OF_STAGE: Record<Stage, StartSeries> = {
  perform: 'assigned',
  review: 'submitted',
  redo: 'returned',
  pause: 'paused',
  extension: 'requested',
  'hand-over': 'offered',
}

/**
 * A moment of a deadline as data: its series, and what tells it from the others of that series. Rows of firings and
 * notifications carry it, so that nobody reads it out of a name.
 */
export type MomentForm =
  | { series: StartSeries }
  | { series: 'before'; workingDays: number }
  /** `time` is HH:MM; without one the moment stands at the office's opening. */
  | { series: 'due-day'; time?: string }
  | { series: 'rung'; n: number }
  | { series: 'repeat'; n: number }
  | { series: 'joined'; n: number }

/** Whether it says that something begins, or has joined what began before. */
export function tellsBeginning({ series }: MomentForm): boolean {
  return series === 'joined' || START_SERIES.some((start) => start === series)
}

/** The key of a moment within its deadline, the same for the same form forever: rows of firings hold it. */
export function momentName(form: MomentForm): string {
  switch (form.series) {
    case 'assigned':
    case 'submitted':
    case 'returned':
    case 'paused':
    case 'requested':
    case 'offered':
      return form.series
    case 'before':
      return `remind-${form.workingDays}wd`
    case 'due-day':
      return form.time === undefined ? 'due-day' : `due-day-${form.time.replace(':', '')}`
    case 'rung':
      return `rung-${form.n}`
    case 'repeat':
      return `repeat-${form.n}`
    case 'joined':
      return `join-${form.n}`
  }
}
