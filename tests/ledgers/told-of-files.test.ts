import { expect, test } from 'vitest'
import { issueTime, namesNoHour } from '../../src/ledgers/issue-time.ts'
import { mendableHeadLine, mendableLines } from '../../src/ledgers/mendable-csv.ts'
import { MappingNeeded } from '../../src/ledgers/read-warnings.ts'
import { HEADER, read, ROW } from './support.ts'

const another = (n: number, row = ROW) => row.replace('YJ1', `YJ${n}`)

test('a quote that is never closed is read as a character, and its row is named', async () => {
  const broken = another(2).replace('新办理残疾证', '"坏引号')
  const { rows, notes } = await read([HEADER, ROW, broken, another(3), ''].join('\n'))
  expect(rows).toHaveLength(3)
  expect(notes).toEqual(['第 3 行有引号没有成对,引号照字面读入了。请对照原文件核对这些行。'])
  const proper = another(2).replace('新办理残疾证', '"含""引号"')
  expect((await read([HEADER, ROW, proper, another(3), ''].join('\n'))).notes).toEqual([])
})

test('a row of a text that ends early is registered, and told with what it lacks', async () => {
  const short = another(2).split(',').slice(0, 10).join(',')
  const { rows, notes } = await read([HEADER, ROW, short, another(3), ''].join('\n'))
  expect(rows).toHaveLength(3)
  expect(notes).toEqual(['第 3 行少 2 格:行末没有写的几项按空着登记,请对照平台。'])
})

test('a former level is nobody’s level: it is asked about', async () => {
  const head = HEADER.replace('预警等级', '原预警等级')
  await expect(read([head, ROW, another(2), ''].join('\n'))).rejects.toBeInstanceOf(MappingNeeded)
})

test('a county beside the town is foreign without its kind too; what is of the county itself is ours', async () => {
  const lines = (county: string) =>
    [`区县,${HEADER}`, `某某,${ROW}`, `${county},${another(2)}`, ''].join('\n')
  expect((await read(lines('宣汉'))).errors).toMatchObject([{ row: 3, rule: 'unknown-town' }])
  for (const county of ['县直', '本县', '某某县', ''])
    expect((await read(lines(county))).rows).toHaveLength(2)
})

test('a column that was taken for what it looks like is told with values of it, masked', async () => {
  const head = HEADER.replace('乡镇', '辖区').replace('姓名', '户主姓名')
  const { head: read1 } = await read([head, ROW, another(2), ''].join('\n'))
  const at = (name: string) => read1?.names.indexOf(name) ?? -1
  expect(read1?.byName[at('辖区')]).toBe(false)
  expect(read1?.samples[at('辖区')]).toEqual(['毛坝镇'])
  expect(read1?.byName[at('户主姓名')]).toBe(true)
  expect(read1?.samples[at('身份证号')]?.[0]).not.toContain('19451216')
})

test('a file of refused rows names a column as in the file that was given, and as in itself', async () => {
  const head = HEADER.replace('乡镇', '辖区')
  const wrong = another(2).replace('毛坝镇', '无此镇')
  const all = [head, ROW, ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) => another(n)), wrong, '']
  const { refused, refusedHead, errors } = await read(all.join('\n'))
  const lines = mendableLines({ head: refusedHead, rows: refused }, errors, { masked: false })
  expect(mendableHeadLine(refusedHead)).toContain(',乡镇,')
  expect(lines).toContain('辖区(这里的“乡镇”列)“无此镇”:')
})

test('a row beside another of its number is still undecided when the column of problems is deleted', async () => {
  const other = ROW.replace('橙色', '红色')
  const { refused, refusedHead, errors } = await read([HEADER, ROW, other, ''].join('\n'))
  const file =
    mendableHeadLine(refusedHead) +
    mendableLines({ head: refusedHead, rows: refused }, errors, { masked: false })
  const without = file
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\r\n')
    .map((line) => line.replace(/^("[^"]*"|[^,]*),/, ''))
    .join('\n')
  expect(without).toContain('3 重复')
  expect((await read(without)).undecided).toEqual([2])
  expect((await read(file)).undecided).toEqual([2])
})

test('the mark that old programs write at the end of a file is no row', async () => {
  const { rows, errors } = await read([HEADER, ROW, '\x1a'].join('\n'))
  expect([rows.length, errors]).toEqual([1, []])
})

test('a page that writes its characters as numbers is read as it is meant', async () => {
  const coded = (text: string) => text.replace(/[\u0080-\uffff]/g, (c) => `&#${c.charCodeAt(0)};`)
  const tr = (line: string) =>
    `<tr>${line
      .split(',')
      .map((c) => `<td>${coded(c)}</td>`)
      .join('')}</tr>`
  const { rows } = await read(`<html><body><table>${tr(HEADER)}${tr(ROW)}</table></body></html>`)
  expect(rows.map(({ person }) => person.name)).toEqual(['某某'])
})

test('days without an hour are counted once, and what was taken is told', async () => {
  const at = (n: number, time: string) => another(n, ROW.replace('2022-08-16 14:03', time))
  const lines = [HEADER, ROW, at(2, '2022-06-02'), at(3, '2022年6月3日'), at(4, '2022-06-02 00:00'), '']
  const { rows, notes } = await read(lines.join('\n'))
  expect(rows).toHaveLength(4)
  expect(notes).toEqual(['2 行的发布时间只有日期、没有几点几分,按当天 00:00 登记。'])
})

test.each([
  ['2022-06-02', true],
  ['2022/6/2', true],
  ['44714', true],
  ['二〇二二年六月二日', true],
  ['2022-06-02 00:00:00', false],
  ['2022-06-02T00:00', false],
  ['2022年6月2日0时', false],
  ['20220602000000', false],
  ['2022-06-01 24:00', false],
  ['2022-06-02 凌晨', false],
])('%s has no hour: %s', (cell, expected) => {
  const read = issueTime(cell)
  if (read) expect(namesNoHour(cell, read)).toBe(expected)
  else expect(expected).toBe(false)
})

test('a sheet that is named of a text is told to be of no use', async () => {
  const { rows, notes } = await read([HEADER, ROW, ''].join('\n'), undefined, undefined, { sheet: '六月' })
  expect(rows).toHaveLength(1)
  expect(notes).toEqual(['这个文件是文本,没有工作表:写明的表“六月”没有用上,读的是整个文件。'])
})
