import { expect, it } from 'vitest'
import { formOf } from '../../src/contract/api/action-fields.ts'
import { OUTCOME_LABELS } from '../../src/domain/obligation/vocabulary.ts'
import { bodyOf, inputsOf } from '../../web/src/pages/item/form-inputs.ts'

it('handing in a warning asks for the outcome by its codes and offers a note', () => {
  expect(inputsOf(formOf('submit', 'warning'))).toEqual([
    { path: 'result.outcome', required: true, codes: Object.keys(OUTCOME_LABELS) },
    { path: 'result.note', required: false, most: 2000 },
  ])
})

it('a return asks for its reason alone, and signing for nothing', () => {
  expect(inputsOf(formOf('return', 'warning'))).toEqual([{ path: 'reason', required: true, most: 500 }])
  expect(inputsOf(formOf('acknowledge', 'warning'))).toEqual([])
})

it('what was left empty is left out of the body', () => {
  const inputs = inputsOf(formOf('submit', 'warning'))
  expect(bodyOf(inputs, { 'result.outcome': 'dibao', 'result.note': '  ' })).toEqual({
    result: { outcome: 'dibao' },
  })
  expect(bodyOf(inputsOf(formOf('return', 'warning')), { reason: ' 请补充 ' })).toEqual({ reason: '请补充' })
})
