import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanCell, foldedCell } from '../../src/ledgers/cell.ts'
import { codeOf, externalIdFault, warningNumberOf } from '../../src/ledgers/external-id.ts'
import { nameFault, personName } from '../../src/ledgers/person-name.ts'
import { isPlaceholder, isTooNarrow } from '../../src/ledgers/placeholder.ts'

describe('a cell', () => {
  it.each([
    '="双河村"',
    '=""双河村""',
    '=“双河村”',
    "'双河村",
    '’双河村',
    '`双河村',
    '\uff07双河村',
    '"双河村"',
    '“双河村”',
    '\uff02双河村\uff02',
    '\uff1d\uff02双河村\uff02',
    '\t双河村\t',
    '\u00a0双河村\u3000',
    '\u200b双\u200e河村\ufeff',
    '\u2066双河\u2069村\u00ad',
    `"='双河村"`,
    '=双河村',
    '「双河村」',
  ])('%j says 双河村', (cell) => {
    expect(cleanCell(cell)).toBe('双河村')
  })

  it('keeps the quotes, dashes and full-width marks of a sentence', () => {
    for (const text of ['“慢病”用药,负担“重”', '自付\uff0c3.5 万元\uff08未报销\uff09', '身高 5 尺'])
      expect(cleanCell(text)).toBe(text)
  })

  it('has its Chinese characters under their common codes', () => {
    expect(cleanCell('⾦⼭村⻓')).toBe('金山村长')
    expect(foldedCell('\uff39\uff33001\u3000\uff08\u2460\uff09')).toBe('YS001 (1)')
  })

  it('that was cleaned is clean', () => {
    const cell = fc.array(fc.constantFrom('=', '"', '“', "'", ' ', '\u200b', '\t', '甲', 'A', '1', '⼭', '0'))
    fc.assert(
      fc.property(cell, (parts) => {
        const text = parts.join('')
        expect(cleanCell(cleanCell(text))).toBe(cleanCell(text))
      }),
    )
  })
})

describe('a placeholder', () => {
  it.each(
    '无 暂无 未知 不详 空 - -- — ―― / \\ . 。 N/A n/a #N/A #VALUE! #REF! #NAME? NULL null (空) (NULL) None'.split(
      ' ',
    ),
  )('%s stands for an empty cell', (cell) => {
    expect(isPlaceholder(foldedCell(cell))).toBe(true)
  })

  it('is not what only begins like one', () => {
    for (const cell of ['无锡', '空调坏', '未知因素致贫', 'NULLA', '####'])
      expect(isPlaceholder(cell)).toBe(false)
    expect(isTooNarrow('########')).toBe(true)
  })
})

describe('a warning number', () => {
  it.each([
    'YS-001',
    '\uff39\uff33\uff0d\uff10\uff10\uff11',
    '\u202aYS-001\u202c',
    'YS-\u200b001',
    '\u0423\u0405\u2013001',
    '\u03a5S-001',
    ' YS -001',
    '="YS-001"',
  ])('%j is YS-001', (cell) => {
    expect(codeOf(cell)).toBe('YS-001')
  })

  it.each(['20220602001', '20220602001.0', '20,220,602,001', "'20220602001"])(
    '%j is 20220602001, so that it is registered once',
    (cell) => {
      expect(warningNumberOf(cell)).toBe('20220602001')
    },
  )

  it.each(['YS-1.0', '1,2'])('%j is left as it is', (cell) => {
    expect(warningNumberOf(cell)).toBe(cell)
  })

  it.each([
    ['2.02206E+14', 'digits-lost'],
    ['########', 'too-narrow'],
    ['无', 'missing-id'],
    ['-', 'missing-id'],
    ['#N/A', 'missing-id'],
    ['000', 'missing-id'],
    ['', 'missing-id'],
    ['自动生成', 'missing-id'],
    ['同上', 'missing-id'],
    ['〃', 'missing-id'],
    ['XXXX', 'missing-id'],
    ['紫预2022-1', null],
    ['YS?001', 'lost-character'],
    ['YS001', null],
    ['1E001', null],
    ['1', null],
  ])('%s: %s', (cell, fault) => {
    expect(externalIdFault(codeOf(cell))).toBe(fault)
  })
})

describe('a name', () => {
  it.each([
    ['张 平', '张平'],
    ["'张平", '张平'],
    ['买买提•艾力', '买买提·艾力'],
    ['买买提・艾力', '买买提·艾力'],
    ['买买提 · 艾力', '买买提·艾力'],
    ['买买提.艾力', '买买提·艾力'],
    ['Anna  Maria', 'Anna Maria'],
    ['𠮷田', '𠮷田'],
    ['王⽟', '王玉'],
    ['王〇', '王〇'],
  ])('%s is %s', (cell, name) => {
    expect(personName(cell)).toBe(name)
    expect(nameFault(name)).toBeNull()
  })

  it.each([
    ...['王?', '王\uff1f', '王\ufffd', '王□', '锟斤拷', '烫烫烫', '王\u0001', '王\ud842'],
    ...['王〓', '王\ue000', '王&#29579;', 'ÍõËÄ', '王*', '王**', '王○', '王×', '王XX'],
  ])('%j lost a character', (cell) => {
    expect(nameFault(personName(cell))).toBe('lost-character')
  })

  it.each(['', '无', '/', '#N/A', 'NULL', '—', '不详', '同上', '户主', '123'])('%j is none', (cell) => {
    expect(nameFault(personName(cell))).toBe('missing-name')
  })
})
