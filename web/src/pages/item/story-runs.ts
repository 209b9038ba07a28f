import type { Story } from './use-item.ts'

type Step = Story['items'][number]
type Moment = Extract<Step, { what: 'moment' }>
type Upcoming = Story['upcoming'][number]

/** Like lines in a row, such as repeated reminders. `series` is what each is one more of. */
export type Run<T> = { series: Series; lines: T[] }
type Series = 'reminder' | 'repeat' | 'escalation' | null

/** This many like lines in a row are shown one by one; more are folded. */
const READ_SINGLY = 2
/** Of escalations to come, of which nobody knows yet whether they will, a second one is folded already. */
export const isFolded = <T>({ series, lines }: Run<T>): boolean =>
  lines.length > (series === 'escalation' ? 1 : READ_SINGLY)

/** Reminders and repeats come in rows; a rung is a step of its own, and so is whatever somebody did. */
function seriesOf(line: Step | Upcoming): Series {
  if (!('form' in line)) return null
  const series = line.form['series']
  if (series === 'before' || series === 'due-day') return 'reminder'
  return series === 'repeat' ? 'repeat' : null
}

/** What is to come: rungs and repeats are escalations alike. */
export function runsAhead(lines: readonly Upcoming[]): Run<Upcoming>[] {
  return runsOf(lines, (line) => {
    const { series } = line.form
    return series === 'rung' || series === 'repeat' ? 'escalation' : seriesOf(line)
  })
}

export function runsOf<T extends Step | Upcoming>(
  lines: readonly T[],
  seriesFor: (line: T) => Series = seriesOf,
): Run<T>[] {
  const runs: Run<T>[] = []
  for (const line of lines) {
    const series = seriesFor(line)
    const last = runs[runs.length - 1]
    if (last && series !== null && last.series === series) last.lines.push(line)
    else runs.push({ series, lines: [line] })
  }
  return runs
}

const LOST = new Set<Moment['told'][number]['fate']>(['refused', 'undeliverable', 'bounced'])
export const isLost = ({ fate }: Pick<Moment['told'][number], 'fate'>): boolean => LOST.has(fate)

/** How many moments of a run somebody was not reached by: that is never folded away. */
export function lostIn({ lines }: Run<Step>): number {
  return lines.filter((line) => line.what === 'moment' && line.told.some(isLost)).length
}

/** The last time it was sent back; null where that never happened. */
export function lastReturn(items: readonly Step[]): Extract<Step, { what: 'event' }> | null {
  const returns = items.filter(
    (step): step is Extract<Step, { what: 'event' }> => step.what === 'event' && step.code === 'return',
  )
  return returns[returns.length - 1] ?? null
}
