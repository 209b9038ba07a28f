import { describe, expect, it } from 'vitest'
import { instantAt } from '../../src/domain/time/days.ts'
import { HEADER, NOW, read, ROW, townName, withCells } from './support.ts'

const failures = async (cells: Record<string, string>) =>
  (await read(withCells(cells))).errors.map((e) => [e.row, e.column, e.rule])
const only = async (cells: Record<string, string>) => {
  const { rows, errors } = await read(withCells(cells))
  expect(errors).toEqual([])
  return rows[0]!
}

describe('an untidy file', () => {
  it.each([
    ['2022-08-16 14:03', '2022-08-16', '14:03'],
    ['2022/8/28 15:56', '2022-08-28', '15:56'],
    ['2022年8月13日', '2022-08-13', '00:00'],
    ['2022 年 8 月 13 日 9 时 5 分', '2022-08-13', '09:05'],
    ['2022年8月13日9:05', '2022-08-13', '09:05'],
    ['2022.8.3', '2022-08-03', '00:00'],
    ['20220803', '2022-08-03', '00:00'],
    ['2022-08-16T23:59:00', '2022-08-16', '23:59'],
    ['2022-08-16', '2022-08-16', '00:00'],
  ])('may write a date as %s', async (text, day, time) => {
    expect(await only({ 预警发布时间: text })).toMatchObject({
      issuedOn: day,
      issuedAt: instantAt(day, time),
    })
  })

  it.each(['红', '红色', '红色预警', ' 红 色 ', '红色等级'])('may write red as %s', async (text) => {
    expect((await only({ 预警等级: text })).level).toBe('red')
  })

  it.each(['毛坝镇', '毛坝', ' 毛坝 镇 ', '某某县毛坝镇', '毛坝镇人民政府'])(
    'may name a town %s',
    async (text) => {
      expect(townName((await only({ 乡镇: text })).officeCode)).toBe('毛坝镇')
    },
  )

  it('gets its numbers and names straightened', async () => {
    const row = await only({
      预警编号: ' YJ2022 ',
      姓名: ' 某 某 ',
      身份证号: "'61999920031011592x",
      联系电话: '+86 199-3639 5218',
    })
    expect(row.externalId).toBe('YJ2022')
    expect(row.person).toMatchObject({ name: '某某', idNo: '61999920031011592X', phone: '19936395218' })
  })

  it('may leave optional cells empty', async () => {
    const row = await only({ 致贫返贫因素: '', 重点人群类别: ' ', 数据来源部门: '', 联系电话: '' })
    expect([row.cause, row.group, row.source, row.person.phone]).toEqual([null, null, null, ''])
  })

  it('may name departments with long names and the county', async () => {
    const names = ['县医保局', '医疗保障局', '某某县医疗保障局']
    for (const name of names) expect((await only({ 数据来源部门: name })).source).toBe('medical-insurance')
  })
})

describe('a row is refused by column and rule', () => {
  it.each<[Record<string, string>, string]>([
    [{ 预警编号: ' ' }, 'missing-id'],
    [{ 预警发布时间: '2022-02-30' }, 'bad-date'],
    [{ 预警发布时间: '2022-08-16 25:00' }, 'bad-date'],
    [{ 预警发布时间: '2022-8-114:03' }, 'bad-date'],
    [{ 预警发布时间: '0022-08-16' }, 'bad-date'],
    [{ 预警发布时间: '2023-01-02 08:01' }, 'future-date'],
    [{ 预警等级: '紫色' }, 'unknown-level'],
    [{ 姓名: '' }, 'missing-name'],
    [{ 身份证号: '619999197813051908' }, 'id-format'],
    [{ 身份证号: '619999197805190880' }, 'id-checksum'],
    [{ 乡镇: '汉阴镇' }, 'unknown-town'],
    [{ 预警内容: '长'.repeat(2001) }, 'too-long'],
  ])('%j: %s', async (cells, rule) => {
    expect(await failures(cells)).toEqual([[2, Object.keys(cells)[0], rule]])
  })

  it('with one entry for each failing column', async () => {
    expect(await failures({ 预警编号: '', 预警等级: '', 乡镇: '别处' })).toEqual([
      [2, '预警编号', 'missing-id'],
      [2, '预警等级', 'unknown-level'],
      [2, '乡镇', 'unknown-town'],
    ])
  })

  it('when its cells have shifted, while its neighbours go in', async () => {
    const shifted = ROW.replace('YJ1', 'YJ3').replace('残联', '').replace('新办理', '新,办理')
    const file = `${HEADER}\n${ROW},多\n${ROW.replace('YJ1', 'YJ2')},,\n${shifted}\nYJ4,2022-08-16\n`
    const { rows, errors } = await read(file)
    expect(rows.map((r) => r.externalId)).toEqual(['YJ2'])
    expect(errors.map((e) => [e.row, e.rule])).toEqual([
      [2, 'column-count'],
      [4, 'column-count'],
      [5, 'unknown-level'],
      [5, 'unknown-town'],
      [5, 'missing-name'],
    ])
  })

  it('without quoting the household', async () => {
    const cells = { 姓名: '某'.repeat(60), 身份证号: '619999197805190880', 联系电话: '电话没有' }
    const { errors } = await read(withCells(cells))
    const said = JSON.stringify(errors)
    for (const secret of Object.values(cells)) expect(said).not.toContain(secret)
  })

  it('but may be issued up to a day ahead', async () => {
    expect((await only({ 预警发布时间: '2023-01-02 08:00' })).issuedAt).toBe(NOW + 86_400_000)
  })
})

describe('a repeated external id', () => {
  it('is a duplicate with the same content in any spelling, and a repeated row with other content, told with the row that counts', async () => {
    const again = ROW.replace('橙色', '橙色预警').replace('毛坝镇', '毛坝')
    const other = ROW.replace('橙色', '红色')
    const { rows, errors } = await read([HEADER, ROW, '', again, other, ''].join('\n'))
    expect(rows.map((r) => r.row)).toEqual([2])
    expect(errors.map((e) => [e.row, e.column, e.rule])).toEqual([
      [4, '预警编号', 'duplicate'],
      [5, '预警编号', 'repeated'],
    ])
    expect(errors.map((e) => e.message)).toEqual([
      expect.stringContaining('只登记了第 2 行'),
      expect.stringMatching(/^重复行:本文件第 2 行已有.*以第 2 行为准/),
    ])
  })

  it.each(['YS1', 'ys1'])('is the same in capitals and not: %s', async (number) => {
    const lines = [ROW.replace('YJ1', number), ROW.replace('YJ1', number === 'YS1' ? 'ys1' : 'YS1')]
    const { rows, errors } = await read([HEADER, ...lines, ''].join('\n'))
    expect([rows.map((r) => r.externalId), errors.map((e) => e.rule)]).toEqual([[number], ['duplicate']])
  })

  it('is new when the row before it was refused', async () => {
    const { rows } = await read([HEADER, ROW.replace('橙色', '紫色'), ROW, ''].join('\n'))
    expect(rows.map((r) => r.row)).toEqual([3])
  })
})
