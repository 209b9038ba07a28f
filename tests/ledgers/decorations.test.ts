import { describe, expect, it } from 'vitest'
import { HEADER, read, ROW } from './support.ts'

const row = (n: number, cells: Record<number, string> = {}) =>
  ROW.split(',')
    .map((cell, i) => cells[i] ?? (i === 0 ? `YJ${n}` : cell))
    .join(',')
const skippedIn = async (...lines: string[]) => {
  const { rows, errors, skipped } = await read([HEADER, row(1), ...lines, row(2), ''].join('\n'))
  expect([rows.map((r) => r.externalId), errors]).toEqual([['YJ1', 'YJ2'], []])
  return skipped.map(({ row, what }) => `${row} ${what}`)
}

describe('below a head', () => {
  it.each([
    ['合计,,,,,3户,,,,,,', '合计'],
    [',,,,,总 计,,3,,,,', '合计'],
    ['小计:3,,,,,,,,,,,', '合计'],
    ['本页合计,2,,,,,,,,,,', '合计'],
    ['共3户', '合计'],
    ['备注:以平台为准,,,,,,,,,,,', '备注'],
    ['注,数据截至八月,,,,,,,,,,', '备注'],
    ['说明1:请勿改动', '备注'],
    ['※ 以上为本月', '备注'],
    ['制表人:某甲,,,审核人:某乙,,,日期:2022-8-1,,,,,', '签名'],
    ['填表人,某甲,,,,负责人,某乙,,,,,', '签名'],
    ['单位负责人(签字):', '签名'],
    ['(公章)', '签名'],
    ['填报单位:某县民政局', '单位'],
    ['填报日期:2022年8月1日', '日期'],
    ['2022年8月1日', '日期'],
    ['第1页 共3页', '页码'],
    ['- 2 -', '页码'],
    ['2/3', '页码'],
    [HEADER, '表头'],
    ['预警编号(必填),发布时间,等级,,,姓名,证件号,电话,镇,村,,', '表头'],
    ['(1),(2),(3),(4),(5),(6),(7),(8),(9),(10),(11),(12)', '栏次'],
    ['必填,必填,必填,选填,选填,必填,文本,选填,必填,,,', '填写说明'],
    ['一、毛坝镇', '分组标题'],
    ['----------', '分隔线'],
    ['以下空白', '结束标记'],
    ['数据由省平台推送', '说明文字'],
    ['毛坝镇小计,,,,,1,,,,,,', '合计'],
    ['合计,2户', '合计'],
    ['领导签字:', '签名'],
    ['示例:YJ9,2022-06-02,红色,,,张三,619999194512163825,,毛坝镇,,,', '填写说明'],
    ['WARN_ID,PUB_TIME,LEVEL,CAUSE,GROUP_TYPE,NAME,ID_NO,PHONE,TOWN,VILLAGE,CONTENT,SOURCE', '表头'],
  ])('%s is passed over as %s', async (line, what) => {
    expect(await skippedIn(line)).toEqual([`3 ${what}`])
  })

  it('a title that comes again with the head on each page is passed over', async () => {
    const title = '二〇二二年预警清单,,,'
    const { rows, skipped } = await read([title, HEADER, row(1), title, HEADER, row(2), ''].join('\n'))
    expect(rows.map((r) => r.row)).toEqual([3, 6])
    expect(skipped.map(({ row }) => row)).toEqual([4, 5])
  })

  it.each([
    ['a number that begins like a sum', { 0: '合计YJ9' }],
    ['a name that is one', { 5: '合计' }],
    ['a text that begins like a remark', { 10: '备注:危房' }],
  ])('%s is a warning', async (_what, cells) => {
    const { rows, skipped } = await read([HEADER, row(1, cells), ''].join('\n'))
    expect([rows.length, skipped]).toEqual([1, []])
  })

  it('a warning without its number or its name is refused, not passed over', async () => {
    const { errors, skipped } = await read([HEADER, row(1, { 0: '' }), row(2, { 5: '' }), ''].join('\n'))
    expect([errors.map((e) => [e.row, e.rule]), skipped]).toEqual([
      [
        [2, 'missing-id'],
        [3, 'missing-name'],
      ],
      [],
    ])
  })

  it('a warning without a name is refused, whatever else it says', async () => {
    const { errors } = await read([HEADER, row(1, { 5: '', 6: '', 10: '合计' }), ''].join('\n'))
    expect(errors.map((e) => e.rule)).toContain('missing-name')
  })

  it('the rest of a row that was cut off is refused, not passed over', async () => {
    const cut = row(1).split(',').slice(0, 11).join(',')
    const { errors } = await read([HEADER, cut, '未改造', row(2), ''].join('\n'))
    expect(errors.map((e) => e.row)).toContain(3)
  })

  it('no more than a hundred are named', async () => {
    const { rows, skipped } = await read(
      [HEADER, row(1), ...Array<string>(300).fill('合计'), row(2), ''].join('\n'),
    )
    expect([rows.length, skipped.length]).toEqual([2, 100])
  })
})
