import { describe, expect, it, test } from 'vitest'
import { readPhone } from '../../src/ledgers/phone.ts'
import { levelOf } from '../../src/ledgers/known-words.ts'
import { read, withCells } from './support.ts'

const only = async (cells: Record<string, string>, more = {}) => {
  const { rows, errors } = await read(withCells(cells), undefined, undefined, more)
  expect(errors).toEqual([])
  return rows[0]!
}

describe('what is optional keeps no warning out', () => {
  it.each<[Record<string, string>, object, string]>([
    [{ 致贫返贫因素: '因懒' }, { cause: null }, '“因懒”不在名录中,没有登记这一项。'],
    [
      { 致贫返贫因素: '因病、因残' },
      { cause: 'illness' },
      '只登记了“因病”,没有登记“因残”。这一项只能有一个,其余的请在核查时记下。',
    ],
    [
      { 致贫返贫因素: '因病,因残' },
      { cause: 'illness' },
      '只登记了“因病”,没有登记“因残”。这一项只能有一个,其余的请在核查时记下。',
    ],
    [
      { 致贫返贫因素: '因懒;因残' },
      { cause: 'disability' },
      '只登记了“因残”,没有登记“因懒”。这一项只能有一个,其余的请在核查时记下。',
    ],
    [{ 重点人群类别: '低保户' }, { group: null }, '“低保户”不在名录中,没有登记这一项。'],
    [{ 数据来源部门: '气象台' }, { source: null }, '“气象台”不在名录中,没有登记这一项。'],
    [{ 数据来源部门: '########' }, { source: null }, '########'],
  ])('%j', async (cells, expected, message) => {
    const { remarks, ...row } = await only(cells)
    expect(row).toMatchObject(expected)
    expect(remarks.map((r) => r.column)).toEqual(Object.keys(cells))
    expect(remarks.map((r) => r.message).join()).toContain(message)
  })

  it('and a placeholder is an empty cell, without a remark', async () => {
    const cells = {
      致贫返贫因素: '无',
      重点人群类别: '/',
      数据来源部门: '#N/A',
      联系电话: '0',
      '村(社区)': '暂无',
    }
    const { cause, group, source, person, remarks } = await only(cells)
    expect([cause, group, source, person.phone, person.village, remarks]).toEqual([
      null,
      null,
      null,
      '',
      '',
      [],
    ])
  })

  it('and what may be personal is not quoted', async () => {
    const cells = {
      联系电话: '打邻居王某某家',
      数据来源部门: '某某 19900000001',
      身份证号: '619999800101123',
    }
    const said = JSON.stringify((await only(cells)).remarks)
    for (const secret of ['王某某', '19900000001', '619999800101123']) expect(said).not.toContain(secret)
    expect((await only(cells)).remarks).toHaveLength(3)
  })
})

test.each([
  ['19900000001(儿子)', '19900000001', 'phone-in-part'],
  ['19900000001 张三儿子', '19900000001', 'phone-in-part'],
  ['19900000001 19900000002', '19900000001/19900000002', null],
  ['19900000001、19900000002', '19900000001/19900000002', null],
  ['19900000001;19900000002', '19900000001/19900000002', null],
  ['19900000001和19900000002', '19900000001/19900000002', null],
  ['019900000001', '19900000001', null],
  ['19900000001.0', '19900000001', null],
  ['(0915)4421234', '09154421234', null],
  ['86-19900000001', '19900000001', null],
  [Array(6).fill('19900000001').join('、'), Array(5).fill('19900000001').join('/'), 'phone-in-part'],
  ['1.99E+10', '', 'phone-digits-lost'],
  ['########', '', 'phone-digits-lost'],
  ['无', '', null],
  ['0', '', null],
  ['没有电话的', '', 'phone-unknown'],
  ['619999198001010155', '', 'phone-unknown'],
])('the telephone %s is %j (%s)', (cell, phone, remark) => {
  expect(readPhone(cell)).toEqual({ phone, remark })
})

test.each([
  ['红色预警(一级)', 'red'],
  ['一级(红色)', 'red'],
  ['RED', 'red'],
  ['Orange', 'orange'],
  ['黄色(高风险)', 'yellow'],
  ['高风险', undefined],
  ['一级', undefined],
  ['红色/橙色', undefined],
  ['红色降为橙色', undefined],
  ['非红色', undefined],
])('the level %s is %s', (cell, level) => {
  expect(levelOf(cell)).toBe(level)
})

describe('words that a county explained', () => {
  const words = {
    level: { 高风险: 'red' },
    cause: { 因懒: 'illness' },
    group: { 低保户: 'near-poor' },
    source: { 气象台: 'discovery' },
    town: { 城关街道办: 'T9', 毛坝: 'T8' },
  } as const

  it('are known, and count before ours', async () => {
    const cells = {
      预警等级: '高 风险',
      致贫返贫因素: "'因懒",
      重点人群类别: '低保户',
      数据来源部门: '气象台',
    }
    const row = await only({ ...cells, 乡镇: '城关街道办' }, { words })
    expect(row).toMatchObject({
      level: 'red',
      cause: 'illness',
      group: 'near-poor',
      source: 'discovery',
      officeCode: 'T9',
    })
    expect(row.remarks).toEqual([])
    expect((await only({ 乡镇: '毛坝' }, { words })).officeCode).toBe('T8')
  })

  it('are not counted where the cells of a row have shifted, and what has is not quoted', async () => {
    const shifted = withCells({ 重点人群类别: '因残', 乡镇: '王某某', 身份证号: '某甲' })
    expect((await read(shifted)).unknownWords).toEqual([])
    const { remarks } = await only({ 数据来源部门: '某甲自付医疗费用较高' })
    expect(remarks.map((r) => r.message)).toEqual(['其余的内容不在名录中,没有登记这一项。'])
  })

  it('are counted while nobody has', async () => {
    const file = `${withCells({ 预警等级: '高风险', 乡镇: '城关街道办' })}${withCells({ 预警等级: '高风险', 致贫返贫因素: '因懒' }).split('\n')[1]}\n`
    const { unknownWords } = await read(file)
    expect(unknownWords).toEqual([
      { field: 'level', word: '高风险', rows: 2 },
      { field: 'town', word: '城关街道办', rows: 1 },
      { field: 'cause', word: '因懒', rows: 1 },
    ])
  })
})
