import { expect, test } from 'vitest'
import { matchHouseholds } from '../../src/ledgers/household-key.ts'

const of = (idNo: string, { name = '张某', village = '双河村', office = 'c.maoba' } = {}) => ({
  office,
  person: { idNo, name, village },
})

test.each([
  ['the same number, whatever the name is', [of('1', { name: '章某' })], [of('1')], [0]],
  ['no number, the same place and name', [of('')], [of('')], [0]],
  ['a number that was completed', [of('')], [of('1')], [0]],
  ['a number that the file lacks', [of('1')], [of('')], [0]],
  ['another town', [of('', { office: 'c.donghe' })], [of('1')], [undefined]],
  ['another village', [of('', { village: '东坪村' })], [of('1')], [undefined]],
  ['no village', [of('', { village: '' })], [of('1', { village: '' })], [undefined]],
  ['another number', [of('2')], [of('1')], [undefined]],
  ['two known ones that fit', [of('1'), of('2')], [of('')], [undefined]],
  ['two rows that fit', [of('')], [of('1'), of('2')], [undefined, undefined]],
  ['one that is another row already', [of('1')], [of(''), of('1')], [undefined, 0]],
])('a row is found by %s', (_what, known, rows, expected) => {
  const found = matchHouseholds(known, rows)
  expect(found.map((one) => (one === undefined ? undefined : known.indexOf(one)))).toEqual(expected)
})
