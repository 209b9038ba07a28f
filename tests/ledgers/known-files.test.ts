import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { read } from './support.ts'

const COUNTY = {
  towns: [{ code: 'maoba', name: '毛坝镇' }],
  county: ['陕西省', '安康市', '紫阳县'],
}

/** Files such as counties have, with what each must give. */
test.each<[name: string, accepted: number, refused: number]>([
  ['04-name-lost.csv', 0, 7],
  ['06-wrapper-unquoted.csv', 2, 0],
  ['08-apostrophe-every-column.csv', 1, 0],
  ['09-quote-inside-cell.csv', 3, 0],
  ['10-trailing-cells-omitted.csv', 2, 0],
  ['11-two-row-header.csv', 1, 0],
  ['13-header-required-mark.csv', 1, 0],
  ['17-unknown-word-in-optional-cell.csv', 4, 0],
  ['18-town-with-its-path.csv', 4, 0],
  ['19-no-citizen-number.csv', 3, 0],
  ['21-tab-separated.txt', 1, 0],
  ['22-date-forms.csv', 7, 0],
  ['23-six-lines-above.csv', 1, 0],
])('%s gives %i rows, and %i are refused', async (name, accepted, refused) => {
  const file = readFileSync(new URL(`../data/files/${name}`, import.meta.url))
  const { rows, errors } = await read(file, undefined, undefined, COUNTY)
  expect([rows.length, new Set(errors.map(({ row }) => row)).size]).toEqual([accepted, refused])
})

test('every day of the file of days is 2 June 2022', async () => {
  const file = readFileSync(new URL('../data/files/22-date-forms.csv', import.meta.url))
  const { rows } = await read(file, undefined, undefined, COUNTY)
  expect(new Set(rows.map(({ issuedOn }) => issuedOn))).toEqual(new Set(['2022-06-02']))
})
