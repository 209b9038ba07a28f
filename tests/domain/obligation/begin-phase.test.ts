import { describe, expect, it, test } from 'vitest'
import {
  beginItem,
  beginPhase,
  isPast,
  misfits,
  type PhaseChoice,
} from '../../../src/domain/obligation/begin-phase.ts'

const TODAY = '2022-11-10'
const launch = { code: 'launch', dueOn: '2022-05-31' } as const
const beginning = (...choices: PhaseChoice[]) => ({ choices, by: 'pe_1', wordOf: '甲' })

test('a phase is past from the day after its due day on', () => {
  expect([isPast('2022-11-09', TODAY), isPast(TODAY, TODAY), isPast('2022-11-11', TODAY)]).toEqual([
    true,
    false,
    false,
  ])
})

describe('a phase that is past', () => {
  it('is done before on the word of whoever launches, if nothing is said', () => {
    expect(beginPhase(launch, beginning(), TODAY)).toEqual({
      ...{
        dueOn: '2022-05-31',
        begunAs: 'done-before',
        begunWordOf: '甲',
        begunBy: 'pe_1',
        originalDueOn: null,
      },
    })
  })

  it('is done before on the word of somebody else, if they are named', () => {
    const choice = { phase: 'launch', as: 'done-before', wordOf: '乙' } as const
    expect(beginPhase(launch, beginning(choice), TODAY)).toMatchObject({ begunWordOf: '乙', begunBy: 'pe_1' })
  })

  it('is taken over with a new day, and keeps the one of the plan', () => {
    const choice = { phase: 'launch', as: 'taken-over', dueOn: '2022-12-01' } as const
    expect(beginPhase(launch, beginning(choice), TODAY)).toMatchObject({
      ...{ begunAs: 'taken-over', dueOn: '2022-12-01', originalDueOn: '2022-05-31', begunWordOf: null },
    })
  })

  it('is late as it is', () => {
    expect(beginPhase(launch, beginning({ phase: 'launch', as: 'late' }), TODAY)).toMatchObject({
      ...{ begunAs: 'late', dueOn: '2022-05-31', originalDueOn: null, begunWordOf: null },
    })
  })
})

it('a phase that is not past is untouched, and so is every phase where nothing begins', () => {
  const untouched = { begunAs: null, begunWordOf: null, begunBy: null, originalDueOn: null }
  expect(beginPhase({ ...launch, dueOn: TODAY }, beginning(), TODAY)).toEqual({ dueOn: TODAY, ...untouched })
  expect(beginPhase(launch, undefined, TODAY)).toEqual({ dueOn: '2022-05-31', ...untouched })
})

describe('an item of a phase that was past', () => {
  const taken = { dueOn: '2022-12-01', begunAs: 'taken-over', originalDueOn: '2022-06-15' } as const

  it('without a day of its own has that of its phase', () => {
    const found = { begunAs: 'taken-over', dueOn: '2022-12-01', originalDueOn: '2022-06-15' }
    expect(beginItem(taken, null, '2022-06-20')).toEqual(found)
  })

  it('with a day of its own keeps that as the original', () => {
    expect(beginItem(taken, '2022-06-30', '2022-07-01')).toMatchObject({
      dueOn: '2022-12-01',
      originalDueOn: '2022-06-30',
    })
  })

  it('is untouched while its own day is still to come', () => {
    const found = { begunAs: null, dueOn: '2022-06-30', originalDueOn: null }
    expect(beginItem(taken, '2022-06-30', '2022-06-20')).toEqual(found)
  })
})

it.each<[PhaseChoice[], string[]]>([
  [[{ phase: 'launch', as: 'late' }], []],
  [[{ phase: 'zero-out', as: 'late' }], ['0/phase']],
  [[{ phase: 'screening', as: 'late' }], ['0/phase']],
  [
    [
      { phase: 'launch', as: 'late' },
      { phase: 'launch', as: 'done-before' },
    ],
    ['1/phase'],
  ],
  [[{ phase: 'launch', as: 'taken-over', dueOn: TODAY }], []],
  [[{ phase: 'launch', as: 'taken-over', dueOn: '2022-11-09' }], ['0/dueOn']],
  [[{ phase: 'launch', as: 'taken-over', dueOn: '2023-11-11' }], ['0/dueOn']],
])('%j: what cannot be taken is named', (choices, wrong) => {
  const phases = [launch, { code: 'zero-out' as const, dueOn: '2022-12-15' }]
  expect(misfits(phases, choices, TODAY).map(({ index, field }) => `${index}/${field}`)).toEqual(wrong)
})
