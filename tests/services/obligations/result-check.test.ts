import { describe, expect, it } from 'vitest'
import { codesOf, type Kind, KIND_LABELS, OUTCOME_LABELS } from '../../../src/domain/obligation/vocabulary.ts'
import { resultCheckOf } from '../../../src/services/obligations/result-check.ts'

describe('what is handed in', () => {
  it.each(codesOf(OUTCOME_LABELS))('a warning with the outcome %s passes', (outcome) => {
    expect(resultCheckOf('warning')({ outcome })).toBeNull()
  })

  it.each([{}, { outcome: 'done' }, { outcome: '' }])(
    'a warning with %o is refused: it closes only with a coded outcome (R8)',
    (result) => {
      expect(resultCheckOf('warning')(result as never)).toMatchObject({ refused: 'outcome-required' })
    },
  )

  it.each(codesOf(KIND_LABELS).filter((kind: Kind) => kind !== 'warning'))('%s needs no outcome', (kind) => {
    expect(resultCheckOf(kind)({})).toBeNull()
  })
})
