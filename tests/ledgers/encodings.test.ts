import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { HEADER, read, refusalOf, ROW, sample } from './support.ts'

const text = iconv.decode(sample, 'gb18030')

describe('one export in three encodings', () => {
  it('reads the same, and says which encoding it was', async () => {
    const { encoding, ...gb } = await read(sample)
    const utf8 = await read(text)
    const bom = await read(`\uFEFF${text}`)
    expect([encoding, utf8.encoding, bom.encoding]).toEqual(['gb18030', 'utf-8', 'utf-8-bom'])
    expect({ ...utf8, encoding: undefined }).toEqual({ ...gb, encoding: undefined })
    expect({ ...bom, encoding: undefined }).toEqual({ ...gb, encoding: undefined })
  })

  it('reads rare characters of GB18030 with four bytes', async () => {
    const { rows } = await read(iconv.encode(`${HEADER}\n${ROW.replace('某某', '㼆𠮷')}\n`, 'gb18030'))
    expect(rows[0]?.person.name).toBe('㼆𠮷')
  })

  it('does not depend on how the file is cut into pieces', async () => {
    const short = text.split('\r\n').slice(0, 12).join('\r\n').replace('张平', '㼆𠮷')
    const files = [Buffer.from(short), Buffer.from(`\uFEFF${short}`), iconv.encode(short, 'gb18030')]
    const whole = await Promise.all(files.map((file) => read(file, 1e6)))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(2), async (size, which) => {
        expect(await read(files[which] ?? '', size)).toEqual(whole[which])
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on how lines end', async () => {
    const ends = ['\n', '\r\n', '\r'].map((end) => read(text.replaceAll('\r\n', '\n').replaceAll('\n', end)))
    const [lf, crlf, cr] = await Promise.all(ends)
    expect(crlf).toEqual(lf)
    expect(cr).toEqual(lf)
  })
})

describe('UTF-16 that does not say so', () => {
  const big = (file: string) => iconv.encode(file, 'utf-16be', { addBOM: false })
  const little = (file: string) => iconv.encode(file, 'utf-16le', { addBOM: false })

  it('reads the same in both orders of bytes, separated by commas or tabs, below a title', async () => {
    const short = text.split('\r\n').slice(0, 40).join('\r\n')
    const whole = await read(short)
    for (const written of [short, short.replaceAll(',', '\t')])
      for (const [bytes, encoding] of [
        [little(written), 'utf-16le'],
        [big(written), 'utf-16be'],
      ] as const)
        expect(await read(bytes, 77)).toEqual({ ...(await read(written)), encoding })
    const titled = `一丁七万丈三上下监测预警信息导出表\r\n${short}`
    expect((await read(little(titled))).rows).toHaveLength(whole.rows.length)
    expect((await read(big(titled))).rows).toHaveLength(whole.rows.length)
  })

  it('refuses a file that is cut in the middle of a character, and one of plain text with empty bytes', async () => {
    expect((await refusalOf(little(text).subarray(0, 4001)))?.code).toBe('nul-byte')
    expect((await refusalOf(`${HEADER}\n${ROW}\0\n`))?.code).toBe('nul-byte')
  })
})

describe('a page saved in one file', () => {
  const saved = [
    'MIME-Version: 1.0',
    'X-Document-Type: Workbook',
    'Content-Type: multipart/related; boundary="----=_NextPart_01"',
    '',
    '------=_NextPart_01',
    'Content-Location: file:///C:/1/sheet001.htm',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<table><tr><td>=E9=A2=84</td></tr></table>',
  ]
  it.each([
    ['as Excel and WPS write it', saved.join('\r\n')],
    ['as a browser writes it', ['From: <Saved by Blink>', 'Subject: list', ...saved].join('\n')],
    ['with a mark of its encoding', `\uFEFF${saved.join('\r\n')}`],
  ])('is named with how it becomes a workbook, %s', async (_how, file) => {
    const refusal = await refusalOf(file)
    expect(refusal?.code).toBe('spreadsheet')
    expect(refusal?.message).toMatch(
      /^这是存成一个文件的网页\(.mht.*重新导出.*用 Excel 或 WPS 打开.*另存为“Excel 工作簿/,
    )
  })

  it('is no text whose column is called Subject', async () => {
    expect((await refusalOf('Subject: a\nb\n'))?.code).toBe('no-header')
  })
})
