import { expect, test } from 'vitest'
import { maskCell } from '../../src/ledgers/cell-masks.ts'

test.each(['#N/A', 'NULL', '-', '无', ' N/A '])(
  '%j in the place of a name is nobody and shown as it is',
  (cell) => {
    expect(maskCell('name', cell)).toBe(cell)
    expect(maskCell('phone', cell)).toBe(cell)
  },
)

test('a name is masked, and a cell of a column that nobody knows is hidden', () => {
  expect(maskCell('name', '王某某')).toBe('王*某')
  expect(maskCell(null, '王某某')).toBe('***')
})
