import { expect, test } from 'vitest'
import { mergeTexts, splitTexts } from '../../src/kinds/result-texts.ts'

const RESULT = {
  outcome: 'dibao',
  steps: { visit: { on: '2022-06-06', by: '王主任' }, publicity: { on: '2022-06-08' } },
}
const PATHS = ['decidedBy', 'steps.visit.by', 'steps.publicity.by']

test('texts are taken out at their paths, and nothing else is', () => {
  expect(splitTexts(RESULT, PATHS)).toEqual({
    codes: { outcome: 'dibao', steps: { visit: { on: '2022-06-06' }, publicity: { on: '2022-06-08' } } },
    texts: { steps: { visit: { by: '王主任' } } },
  })
  expect(RESULT.steps.visit.by).toBe('王主任')
})

test('codes and texts come together again', () => {
  const { codes, texts } = splitTexts(RESULT, PATHS)
  expect(mergeTexts(codes, texts)).toEqual(RESULT)
  expect(mergeTexts({ finding: 'unchanged' }, { visitedBy: '李干事' })).toEqual({
    finding: 'unchanged',
    visitedBy: '李干事',
  })
})

test('a list is one text, as a whole', () => {
  const { codes, texts } = splitTexts({ lookBack: [{ finding: '甲' }] }, ['lookBack'])
  expect([codes, texts]).toEqual([{}, { lookBack: [{ finding: '甲' }] }])
})
