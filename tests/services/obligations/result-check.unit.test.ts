import { describe, expect, it } from 'vitest'
import { KIND_LABELS, kindOf } from '../../../src/kinds/kinds.ts'
import { codesOf, type Kind, OUTCOME_LABELS } from '../../../src/domain/obligation/vocabulary.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { resultCheckOf } from '../../../src/services/obligations/result-check.ts'

const NOW = instantAt('2022-06-10', '09:00')
const DAYS = { today: '2022-06-10', issuedOn: '2022-06-10' }
const checkOf = (kind: Kind) => resultCheckOf({ id: 'ob_1', kind, facts: {}, issuedAt: NOW }, NOW)

describe('what is handed in', () => {
  it.each(codesOf(OUTCOME_LABELS))('a warning with the outcome %s passes', (outcome) => {
    expect(checkOf('warning')({ outcome })).toBeNull()
  })

  it.each([
    [{}, 'outcome-required'],
    [{ outcome: 'done' }, 'bad-result'],
    [{ outcome: '' }, 'bad-result'],
  ])('a warning with %o is refused as %s: it closes only with a coded outcome (R8)', (result, refused) => {
    expect(checkOf('warning')(result as never)).toMatchObject({
      refused,
      field: 'result/outcome',
    })
  })

  it.each(codesOf(KIND_LABELS).filter((kind: Kind) => kind !== 'warning'))('%s needs no outcome', (kind) => {
    expect(checkOf(kind)(kindOf(kind).sampleResult((of) => of[0]!, DAYS))).toBeNull()
  })
})
