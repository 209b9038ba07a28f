import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { HEADER, read, refusalOf, ROW, sample, surveyOf } from './support.ts'

const text = iconv.decode(sample, 'gb18030')
const few = `${HEADER}\n${ROW}\n${ROW.replace('YJ1', 'YJ2')}\n`
const misread = (file: string, own: string, other: string) => iconv.decode(iconv.encode(file, own), other)

describe('a text that was decoded wrongly is refused as a whole, with the cause', () => {
  it.each([
    ['gb18030', 'latin1', 'GB18030'],
    ['gb18030', 'win1252', 'GB18030'],
    ['utf-8', 'latin1', 'UTF-8'],
    ['utf-8', 'win1252', 'UTF-8'],
    ['utf-8', 'gbk', '被当作 GBK'],
  ])('%s read as %s', async (own, other, cause) => {
    for (const file of [few, text]) {
      const refusal = await refusalOf(misread(file, own, other))
      expect(refusal?.code).toBe('misread')
      expect(refusal?.message).toContain(cause)
      expect(refusal?.message).toContain('从平台重新导出')
      expect(refusal?.message).not.toMatch(/\d{11}/)
    }
  })

  it('but one name read wrongly refuses its row alone', async () => {
    const { errors } = await read(few.replace('某某', misread('王某某', 'utf-8', 'latin1')))
    expect(errors).toMatchObject([{ row: 2, rule: 'lost-character' }])
  })
})

describe('a row of data is never a head', () => {
  const strange = (row: string) => row.replace('橙色', '甲等').replace('毛坝镇', '某处')

  it('however few of its cells are understood, and its numbers are no names', async () => {
    const first = strange(ROW).replace('2022-08-16 14:03', '')
    const survey = await surveyOf(`${first}\n${few.slice(HEADER.length + 1)}`)
    expect(survey?.columns[6]).toMatchObject({ name: '第 7 列' })
    expect(JSON.stringify(survey)).not.toMatch(/\d{11}/)
  })
})
