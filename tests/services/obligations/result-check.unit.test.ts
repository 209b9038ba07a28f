import { describe, expect, it } from 'vitest'
import { OUTCOMES } from '../../../src/domain/obligation/outcomes.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { KIND_LABELS, kindOf } from '../../../src/kinds/kinds.ts'
import { codesOf, type Kind, OUTCOME_LABELS } from '../../../src/domain/obligation/vocabulary.ts'
import { FOLLOW_UP_STEP_LABELS } from '../../../src/domain/obligation/result-words.ts'
import { resultCheckOf } from '../../../src/services/obligations/result-check.ts'

const NOW = instantAt('2022-06-10', '09:00')
const ISSUED = instantAt('2022-06-01', '09:00')
const checkOf = (kind: Kind) => resultCheckOf({ id: 'ob_1', kind, facts: {}, issuedAt: ISSUED }, NOW)
const exit = { exitReason: 'income-above', decidedBy: '镇长办公会' }

describe('what is handed in', () => {
  it.each(codesOf(OUTCOME_LABELS))('a warning with the outcome %s passes', (outcome) => {
    expect(checkOf('warning')({ outcome, ...(OUTCOMES[outcome].exit && exit) })).toBeNull()
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

  it.each(codesOf(OUTCOME_LABELS))('an exit says why and by whom, and only an exit does: %s', (outcome) => {
    const wrong = OUTCOMES[outcome].exit ? { outcome } : { outcome, ...exit }
    expect(checkOf('warning')(wrong)).toMatchObject({
      refused: OUTCOMES[outcome].exit ? 'exit-incomplete' : 'bad-result',
      field: 'result/exitReason',
      message: expect.stringContaining(OUTCOME_LABELS[outcome]) as string,
    })
  })

  const OWN_RESULTS: readonly Kind[] = ['warning', 'follow-up', 'monitoring-visit']
  it.each(codesOf(KIND_LABELS).filter((kind: Kind) => !OWN_RESULTS.includes(kind)))(
    '%s needs no outcome',
    (kind) => {
      const days = { today: '2022-06-10', issuedOn: '2022-06-01' }
      expect(checkOf(kind)(kindOf(kind).sampleResult((of) => of[0]!, days))).toBeNull()
    },
  )
})

const step = (on: string) => ({ on, by: '王主任' })
const four = (on: string) => ({
  visit: step(on),
  verification: step(on),
  publicity: step(on),
  supervision: step(on),
})

describe('a follow-up', () => {
  const check = checkOf('follow-up')

  it('is taken with all four steps, each with day and person (R8)', () => {
    expect(check({ steps: four('2022-06-10') })).toBeNull()
  })

  it.each(codesOf(FOLLOW_UP_STEP_LABELS))('without %s is refused by the name of the step', (code) => {
    const { [code]: _left, ...steps } = four('2022-06-08')
    expect(check({ steps })).toEqual({
      refused: 'step-missing',
      field: `result/steps/${code}`,
      message: expect.stringContaining(`“${FOLLOW_UP_STEP_LABELS[code]}”`) as string,
    })
  })

  it.each([
    ['2022-06-11', ['2022-06-11', '2022-06-10']],
    ['2022-05-31', ['2022-05-31', '2022-06-01']],
  ])('with a step on %s is refused, and both days are named', (on, named) => {
    const refusal = check({ steps: { ...four('2022-06-08'), publicity: step(on) } })
    expect(refusal?.field).toBe('result/steps/publicity/on')
    for (const day of named) expect(refusal?.message).toContain(day)
  })
})

describe('a monitoring visit', () => {
  const check = checkOf('monitoring-visit')
  const visit = { finding: 'unchanged', visitedOn: '2022-06-09', visitedBy: '李干事' }

  it('says what was found, when and by whom', () => {
    expect(check(visit)).toBeNull()
    const { finding: _finding, ...silent } = visit
    expect(check(silent)).toMatchObject({ refused: 'finding-required', field: 'result/finding' })
    expect(check({ ...visit, visitedOn: '2022-06-12' })?.message).toContain('晚于今天 2022-06-10')
  })
})
