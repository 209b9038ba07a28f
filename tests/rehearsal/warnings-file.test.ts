import { readFile } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { beijingText } from '../../src/domain/time/days.ts'
import { batchesOf, issueTime, readWarningsFile } from '../../src/rehearsal/warnings-file.ts'

const always = { from: 0, until: Number.MAX_SAFE_INTEGER }
const file = (...lines: string[]) =>
  iconv.encode(['预警编号,预警发布时间,预警等级', ...lines, ''].join('\r\n'), 'gb18030')

describe('the export, split by when its rows were issued', () => {
  it('reads every form of a date the platform writes', () => {
    const days = ['2022-06-10 09:30', '2022/6/9 15:56', '2022年6月9日', '2022-13-02 09:00', '待定'].map(
      (text) => issueTime(text).issuedOn,
    )
    expect(days).toEqual(['2022-06-10', '2022-06-09', '2022-06-09', null, null])
  })

  it('makes a file of its own of every quarter of an hour, in order and in the same encoding', () => {
    const batches = batchesOf(
      file('B,2022-06-10 09:40,黄色', 'A,2022-06-10 09:20,红色', 'C,2022-06-10 09:31,橙色'),
      always,
    )
    expect(batches.map((b) => beijingText(b.at))).toEqual(['2022-06-10 09:30', '2022-06-10 09:45'])
    expect(iconv.decode(batches[1]!.file, 'gb18030').trim().split('\r\n')).toEqual([
      '预警编号,预警发布时间,预警等级',
      'B,2022-06-10 09:40,黄色',
      'C,2022-06-10 09:31,橙色',
    ])
  })

  it('puts rows without a readable date into the first file', () => {
    const [first] = batchesOf(file('A,待定,黄色', 'B,2022-06-10 09:40,黄色'), always)
    expect(first?.rows.map((row) => row.externalId)).toEqual(['B', 'A'])
  })

  it('loses no row of the sample', async () => {
    const bytes = await readFile(new URL('../../templates/sample-warnings-2022.csv', import.meta.url))
    const rows = batchesOf(bytes, always).flatMap((batch) => batch.rows)
    expect(rows).toHaveLength(421)
    expect(readWarningsFile(bytes).encoding).toBe('gb18030')
  })
})
