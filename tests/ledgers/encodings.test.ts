import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { HEADER, read, ROW, sample } from './support.ts'

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
