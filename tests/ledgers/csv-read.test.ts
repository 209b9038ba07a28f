import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { HEADER, read, ROW } from './support.ts'

const HEAD = HEADER.split(',')
const DETAIL = HEAD.indexOf('预警内容')
const rowOf = (n: number, detail = '新办理残疾证') =>
  ROW.split(',').map((cell, i) => (i === 0 ? `YJ${n}` : i === DETAIL ? detail : cell))
const fileOf = (rows: string[][], separator = ',') => rows.map((row) => `${row.join(separator)}\r\n`).join('')
const details = async (file: string | Buffer) => (await read(file)).rows.map((r) => r.person.detail)

describe('cells may be separated', () => {
  const rows = [HEAD, rowOf(1), rowOf(2)]
  it.each([',', '\t', ';', '|', ',', ';'])('by %j', async (separator) => {
    expect((await read(fileOf(rows, separator))).rows).toEqual((await read(fileOf(rows))).rows)
  })

  it.each(['sep=;', '"sep=;"', 'SEP=;'])('as the line %s says, which is no row', async (line) => {
    expect((await read(`${line}\r\n${fileOf(rows, ';')}`)).rows).toEqual((await read(fileOf(rows))).rows)
  })

  it('by tabs below titles with commas, in GB18030, as a spreadsheet saves text', async () => {
    const text = `预警清单,截至8月,共2户\r\n${fileOf([HEAD, rowOf(1, '自付,较高'), rowOf(2)], '\t')}`
    const { rows, encoding } = await read(iconv.encode(text, 'gb18030'))
    expect([encoding, rows.map((r) => [r.row, r.person.detail])]).toEqual([
      'gb18030',
      [
        [3, '自付,较高'],
        [4, '新办理残疾证'],
      ],
    ])
  })

  it('by semicolons although every text has a comma', async () => {
    const file = fileOf([HEAD, rowOf(1, '自付,较高'), rowOf(2, '住房,危房')], ';')
    expect(await details(file)).toEqual(['自付,较高', '住房,危房'])
  })
})

describe('a quote', () => {
  it.each<[string, string]>([
    ['住房"危房"未改造', '住房"危房"未改造'],
    ['5" 水管', '5" 水管'],
    ['"新办理"残疾证', '"新办理"残疾证'],
    ['"自付,较高"', '自付,较高'],
    ['"自付,较高"  ', '自付,较高'],
    [' "自付,较高"', '自付,较高'],
    ['"住房""危房""未改造"', '住房"危房"未改造'],
    ['"住房"危房"未改造"', '住房"危房"未改造'],
    ['"第一行\n第二行"', '第一行\n第二行'],
    ['"第一行\r\n,第二行\r\n\r\n第四行"', '第一行\r\n,第二行\r\n\r\n第四行'],
    ['"第一行 "危"房\n第二行"', '第一行 "危"房\n第二行'],
    ['"没有收住', '"没有收住'],
    ['没有开头"', '没有开头"'],
    ['""', ''],
  ])('in a cell %j', async (written, meant) => {
    expect(await details(fileOf([HEAD, rowOf(1), rowOf(2, written), rowOf(3)]))).toEqual([
      '新办理残疾证',
      meant,
      '新办理残疾证',
    ])
  })

  it('that closes rows later swallows none of them', async () => {
    const rows = [rowOf(1), rowOf(2, '"住房'), rowOf(3), rowOf(4, '危房"'), rowOf(5)]
    expect(await details(fileOf([HEAD, ...rows]))).toEqual([
      '新办理残疾证',
      '"住房',
      '新办理残疾证',
      '危房"',
      '新办理残疾证',
    ])
  })

  it.each([
    ['never closed in a row that is cut off', rowOf(2, '"住房').slice(0, DETAIL + 1)],
    ['closed before a comma that may be one of the text', rowOf(2, '"住房"危房",未改造"')],
  ])('%s refuses that row alone', async (_what, cut) => {
    const { rows, errors } = await read(fileOf([HEAD, rowOf(1), cut, rowOf(3), rowOf(4)]))
    expect(rows.map((r) => r.externalId)).toEqual(['YJ1', 'YJ3', 'YJ4'])
    expect(errors.map((e) => [e.row, e.rule])).toEqual([[3, 'column-count']])
  })

  it('anywhere loses no row: each comes in or is named', async () => {
    const text = fc.constantFrom(
      '病',
      '"',
      '"病',
      '病"',
      '"病"房',
      '病"房"',
      '"病,房"',
      '""',
      '"病\n房"',
      '="病"',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), fc.nat(80), async (texts, size) => {
        const file = fileOf([HEAD, ...texts.map((detail, i) => rowOf(i + 1, detail))])
        const { rows, errors } = await read(Buffer.from(file), size + 20)
        const named = new Set([...rows, ...errors].map((each) => each.row))
        const lines = new Set(rows.map((row) => row.externalId))
        expect(lines.size === texts.length || named.size >= texts.length).toBe(true)
        for (const row of rows) expect(row.person).toMatchObject({ name: '某某', village: '龙泉社区' })
      }),
      { numRuns: 300 },
    )
  })
})
