import { describe, expect, it, test } from 'vitest'
import { checkDigit } from '../../src/ledgers/id-number.ts'
import { readIdentity } from '../../src/ledgers/identity.ts'
import { HEADER, NOW, read, refusalOf, ROW } from './support.ts'
import { dayOf } from '../../src/domain/time/days.ts'

const readCell = (cell: string) => readIdentity(cell, dayOf(NOW))
const whole = (body: string) => body + checkDigit(body)
const RIGHT = whole('61999919800101015')
const ZEROED_RIGHT = ['61999919800101000', '61999919800102000', '61999919800103000', '61999919800104000']
  .flatMap((body) =>
    Array.from({ length: 28 }, (_, day) => `${body.slice(0, 12)}${String(day + 1).padStart(2, '0')}000`),
  )
  .filter((body) => checkDigit(body) === '0')
  .map((body) => `${body}0`)
const ZEROED_WRONG = '619999198001010000'

describe('an identity number', () => {
  it('may be wrapped, wide or written with a sign for X', () => {
    for (const cell of [
      RIGHT,
      `'${RIGHT}`,
      `="${RIGHT}"`,
      `${RIGHT}\t`,
      ` ${RIGHT.slice(0, 6)} ${RIGHT.slice(6)}`,
    ])
      expect(readCell(cell)).toEqual({ idNo: RIGHT, remark: null })
    expect(readCell('61999920031011592×')).toEqual({ idNo: '61999920031011592X', remark: null })
  })

  it.each([
    `身份证号:${RIGHT}`,
    `${RIGHT}(本人)`,
    `${RIGHT.slice(0, 6)}-${RIGHT.slice(6, 14)}-${RIGHT.slice(14)}`,
  ])('may have its name or its owner beside it: %s', (cell) => {
    expect(readCell(cell)).toEqual({ idNo: RIGHT, remark: null })
  })

  it("of somebody else is nobody's of the row", () => {
    expect(readCell(`${RIGHT}(儿子)`)).toBe('id-format')
  })

  it('of fifteen digits becomes one of eighteen', () => {
    expect(readCell('619999800101123')).toEqual({
      idNo: whole('61999919800101123'),
      remark: 'fifteen-digits',
    })
    expect(readCell('619999801301123')).toBe('id-format')
  })

  it.each([
    ['', '', 'no-number'],
    ['无', '', 'no-number'],
    ['000000000000000000', '', 'no-number'],
    ['无身份证', '', 'no-number'],
    ['未办理', '', 'no-number'],
    ['(暂无户口)', '', 'no-number'],
    ['黑户', '', 'no-number'],
    ['H12345678', 'H12345678', 'home-return-permit'],
    ['M1234567801', 'M1234567801', 'home-return-permit'],
    ['12345678', '12345678', 'taiwan-permit'],
    [whole('81000019800101015'), whole('81000019800101015'), 'residence-permit'],
    ['USA110012345678', 'USA110012345678', 'permanent-residence'],
    [whole('91112419810803002'), whole('91112419810803002'), 'permanent-residence'],
    ['E12345678', 'E12345678', 'passport'],
    ['EA1234567', 'EA1234567', 'passport'],
  ])('%j is taken as %j with the remark %s', (cell, idNo, remark) => {
    expect(readCell(cell)).toEqual({ idNo, remark })
  })

  it.each([
    [RIGHT.slice(0, 17), 'id-format'],
    [`${RIGHT}1`, 'id-format'],
    ['某甲', 'id-format'],
    ['ABC', 'id-format'],
    [whole('61999919801301015'), 'id-format'],
    ['619999198001010156', 'id-checksum'],
    [ZEROED_WRONG, 'digits-lost'],
    ['6.19999E+17', 'digits-lost'],
    ['6.2E17', 'digits-lost'],
    ['########', 'too-narrow'],
  ])('%j is refused: %s', (cell, rule) => {
    expect(readCell(cell)).toBe(rule)
  })
})

/** A file of these numbers, each in a row of its own. */
const file = (numbers: readonly string[]) =>
  [
    HEADER,
    ...numbers.map((idNo, i) => ROW.replace('YJ1', `YJ${i}x`).replace('619999194512163825', idNo)),
    '',
  ].join('\n')
const right = (n: number) =>
  Array.from({ length: n }, (_, i) =>
    whole(`619999198001${String((i % 28) + 1).padStart(2, '0')}${String(101 + (i % 800))}`),
  )

test('a column of warning numbers that a spreadsheet zeroed is refused as a whole', async () => {
  const rows = ['202206020000001000', '202206020000002000', '202206020000003000'].map((id) =>
    ROW.replace('YJ1', id),
  )
  expect((await refusalOf([HEADER, ...rows, ''].join('\n')))?.code).toBe('codes-lost')
  expect((await read([HEADER, ...rows.slice(1), ROW, ''].join('\n'))).rows).toHaveLength(3)
})

describe('a column of identity numbers that a spreadsheet zeroed', () => {
  it('is refused as a whole when two of them fail the check digit', async () => {
    const refusal = await refusalOf(file([ZEROED_WRONG, '619999198001020000', ...right(500)]))
    expect(refusal?.code).toBe('digits-lost')
    expect(refusal?.message).toContain('“文本”')
  })

  it('is refused when half of its numbers end in 000, even if the check digits fit', async () => {
    const [one = '', other = ''] = ZEROED_RIGHT
    expect((await refusalOf(file([one, other, ...right(2)])))?.code).toBe('digits-lost')
    expect((await refusalOf(file([one])))?.code).toBe('digits-lost')
  })

  it('is refused when all are zeroed but those with an X, which a spreadsheet leaves as they are', async () => {
    const [one = ''] = ZEROED_RIGHT
    const withX = ['61999919800101034X', '61999919800101018X']
    expect((await refusalOf(file([one, ...withX])))?.code).toBe('digits-lost')
  })

  it('is refused when one is zeroed and others are cut to 6.19999E+17', async () => {
    const [one = ''] = ZEROED_RIGHT
    const cut = ['6.19999E+17', '6.19999E+17']
    expect((await refusalOf(file([one, ...cut, ...right(20)])))?.code).toBe('digits-lost')
  })

  it('is not suspected for one number of many, which is refused or taken by its own', async () => {
    const [one = ''] = ZEROED_RIGHT
    expect((await read(file([one, ...right(20)]))).rows).toHaveLength(21)
    const { rows, errors } = await read(file([ZEROED_WRONG, ...right(20)]))
    expect([rows.length, errors.map(({ rule }) => rule)]).toEqual([20, ['digits-lost']])
  })
})
