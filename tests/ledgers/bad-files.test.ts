import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readWarnings } from '../../src/ledgers/read-warnings.ts'
import { HEADER, read, refusalOf, ROW } from './support.ts'

const good = `${HEADER}\n${ROW}\n`
const bytes = (...values: number[]) => Buffer.from(values)
const withDetail = (detail: string) => good.replace('新办理残疾证', detail)
const codeOf = async (file: Buffer | string) => (await refusalOf(file))?.code

describe('a wrong file is refused as a whole', () => {
  it.each<[string, Buffer | string, string]>([
    ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), 'not-a-table'],
    ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16), 'not-a-table'],
    ['a PDF', '%PDF-1.7\n', 'not-a-table'],
    ['a web page called .xls', '<html><table></table></html>', 'not-a-table'],
    ['the beginning of an .xlsx', bytes(0x50, 0x4b, 3, 4, 20, 0), 'workbook-damaged'],
    ['the beginning of an .xls', bytes(0xd0, 0xcf, 0x11, 0xe0), 'workbook-damaged'],
    ['half a character of UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le').subarray(0, -1), 'undecodable'],
    ['a NUL in UTF-16', Buffer.from(`\uFEFF${good}\0`, 'utf16le'), 'nul-byte'],
    ['UTF-16 cut within a character', Buffer.from(good, 'utf16le').subarray(0, -1), 'nul-byte'],
    ['nothing', '', 'empty-file'],
    ['only a BOM', '\uFEFF', 'empty-file'],
    ['only blank lines', '\n\n\n', 'empty-file'],
    ['a list of other things', '苹果,3,元\n梨,2,元\n枣,5,元\n', 'no-header'],
    ['other text', 'hello\nworld\n', 'no-header'],
    ['a NUL byte', withDetail('a\0b'), 'nul-byte'],
    ['neither encoding', Buffer.concat([Buffer.from(good), bytes(0xff, 0xff, 0x80)]), 'undecodable'],
    ['a BOM and then no UTF-8', Buffer.concat([bytes(0xef, 0xbb, 0xbf), bytes(0xd4, 0x41)]), 'undecodable'],
    ['a character cut off', Buffer.concat([Buffer.from(good), bytes(0xd4)]), 'undecodable'],
    ['a cell of 10 MB', withDetail('病'.repeat(3_500_000)), 'cell-too-big'],
    ['a quoted cell of 10 MB', withDetail(`"${'病'.repeat(3_500_000)}"`), 'cell-too-big'],
    ['a header of 10 MB', 'x'.repeat(10_000_000), 'cell-too-big'],
  ])('%s', async (_name, file, code) => {
    const refusal = await refusalOf(file)
    expect(refusal?.code).toBe(code)
    expect(refusal?.message).toMatch(/请.+。$/)
  })

  it('with a line that is too long, and the refusal says which', async () => {
    const refusal = await refusalOf(`${good}${ROW.replace('新办理', '病'.repeat(70_000))}\n`)
    expect(refusal?.message).toContain('第 3 行')
  })

  it.each(['utf-8', 'gb18030'])(
    'with a damaged byte in %s, and the refusal says where it stands',
    async (label) => {
      const [before = '', behind = ''] = `${good}${ROW}\n`.split(/(?<=1,2022.*\n.*)龙泉/s)
      const damaged = [iconv.encode(before, label), bytes(0xff, 0x2c), iconv.encode(behind, label)]
      const refusal = await refusalOf(Buffer.concat(damaged))
      expect(refusal?.code).toBe('undecodable')
      expect(refusal?.message).toMatch(/第 \d 行第 10 列\(村\(社区\)\)/)
      expect(refusal?.message).toContain('格式选为“文本”')
      expect(refusal?.message).not.toContain('CSV UTF-8')
    },
  )

  it('with more than 200,000 rows', async () => {
    expect(await codeOf(`${HEADER}\n${'x\n'.repeat(200_001)}`)).toBe('too-many-rows')
  })

  it('with a name of its kind, however small its pieces are', async () => {
    await expect(read('%PDF-1.7\n', 1)).rejects.toMatchObject({ code: 'not-a-table' })
  })

  it('but a header alone is an export without rows', async () => {
    expect(await read(`${HEADER}\n`)).toMatchObject({ rows: [], errors: [], processed: 0 })
  })

  it('and a failure below the reader is passed on', async () => {
    let pass = 0
    const chunks = async function* () {
      yield Buffer.from(good)
      if (++pass > 2) throw new Error('the store is gone')
    }
    await expect(readWarnings(chunks, { towns: [], now: 0 }).next()).rejects.toThrow('the store is gone')
  })
})
