import type { Part } from '../../session/use-readiness.ts'

type Look = { shape: '✓' | '▲' | '◔'; look: 'done' | 'late' | 'soon'; word: Part['state'] | 'attention' }

/** The state of a part as shape and word. What runs but needs somebody is told apart from what simply runs. */
export function partLook({ state, attention }: Pick<Part, 'state' | 'attention'>): Look {
  if (state === 'ready')
    return attention
      ? { shape: '◔', look: 'soon', word: 'attention' }
      : { shape: '✓', look: 'done', word: 'ready' }
  if (state === 'failed' || state === 'degraded') return { shape: '▲', look: 'late', word: state }
  return { shape: '◔', look: 'soon', word: state }
}
