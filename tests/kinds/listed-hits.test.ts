import { expect, it } from 'vitest'
import { rowsListed } from '../../src/kinds/listed-hits.ts'

const file = (rows: number, refused = 0, other = 0) => ({ rows, refused, other })

it.each([
  ['no file', [], 0],
  ['one list, its refused rows with it', [file(10, 2)], 10],
  ['a list, and its refused rows mended', [file(10, 2), file(2)], 10],
  ['mended in two steps', [file(10, 2), file(2, 1), file(1)], 10],
  ['the whole list once more, mended in place', [file(10, 2), file(10, 0, 8)], 10],
  ['two lists of which the ledger had some', [file(10, 0, 4), file(6)], 16],
  ['a list whose rows of the ledger came again with others', [file(10, 2, 4), file(10, 0, 8)], 10],
])('counts %s', (_, files, rows) => {
  expect(rowsListed(files)).toBe(rows)
})
