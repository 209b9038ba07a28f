import { describe, expect, it } from 'vitest'
import { openWorkbookFile } from '../../../src/ledgers/spreadsheet/records.ts'
import { WorkbookThread } from '../../../src/ledgers/spreadsheet/worker-client.ts'
import { openOld, openPage } from '../../../src/ledgers/spreadsheet/old-workbook.ts'
import { openXlsx } from '../../../src/ledgers/spreadsheet/xlsx-workbook.ts'
import { pieces } from '../support.ts'
import { codeOf, rowsIn, sheetOf, xlsxParts, zipOf } from './support.ts'

const MB = 1024 * 1024
const parts = (rows = '') => xlsxParts({ sheets: { 表: `<sheetData>${rows}</sheetData>` } })
const SHEET = 'xl/worksheets/sheet1.xml'
const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${'bcdefgh'.replace(/./g, (n) => `<!ENTITY ${n} "${`&${String.fromCharCode(n.charCodeAt(0) - 1)};`.repeat(10)}">`)}]>`

/** The most resident memory that something added, in MB. */
async function growthMb(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10)
  await work().finally(() => clearInterval(timer))
  return (Math.max(most, process.memoryUsage().rss) - before) / MB
}

describe('a workbook that would cost too much is refused', () => {
  it.each<[string, () => Buffer, string]>([
    [
      'a part that declares a gigabyte',
      () => zipOf({ ...parts(), [SHEET]: { content: 'x', declared: 1024 * MB } }),
      'workbook-too-big',
    ],
    [
      'a part packed a thousand times',
      () => zipOf({ ...parts(), 'xl/media/image1.png': Buffer.alloc(100 * MB) }),
      'workbook-too-big',
    ],
    [
      'more parts than any workbook has',
      () => zipOf(Object.fromEntries(Array.from({ length: 5_001 }, (_v, i) => [`${i}`, '']))),
      'workbook-too-big',
    ],
    [
      'a part that declares less than it is',
      () => zipOf({ ...parts(), [SHEET]: { content: Buffer.alloc(30 * MB, '<row/>'), declared: 100 } }),
      'workbook-too-big',
    ],
    [
      'a part that declares more than it is',
      () => zipOf({ ...parts(), [SHEET]: { content: '<worksheet/>', declared: 99 } }),
      'workbook-damaged',
    ],
    [
      'a part with another checksum',
      () => zipOf({ ...parts(), [SHEET]: { content: '<worksheet/>', crc: 7 } }),
      'workbook-damaged',
    ],
    [
      'styles of 20 MB',
      () => zipOf({ ...parts(), 'xl/styles.xml': `<a>${' '.repeat(20 * MB)}</a>` }),
      'workbook-too-big',
    ],
    [
      'entities in a sheet',
      () =>
        zipOf({
          ...parts(),
          [SHEET]: `${laughs}<worksheet><sheetData><row><c t="str"><v>&h;</v></c></row></sheetData></worksheet>`,
        }),
      'workbook-damaged',
    ],
    [
      'entities in its strings',
      () => zipOf({ ...parts(), 'xl/sharedStrings.xml': `${laughs}<sst><si><t>&h;</t></si></sst>` }),
      'workbook-damaged',
    ],
    [
      'an entity that nobody declared',
      () => sheetOf('<row><c t="str"><v>&passwd;</v></c></row>'),
      'workbook-damaged',
    ],
    [
      'a cell of 10 MB',
      () => sheetOf(`<row><c t="str"><v>${'病'.repeat(3 * MB)}</v></c></row>`),
      'workbook-damaged',
    ],
    [
      'a shared string of 100 KB',
      () =>
        zipOf({ ...parts(), 'xl/sharedStrings.xml': `<sst><si><t>${'病'.repeat(100_000)}</t></si></sst>` }),
      'cell-too-big',
    ],
    ['a tag that never ends', () => sheetOf(`<row ${'x'.repeat(MB)}`), 'workbook-damaged'],
    [
      'bytes that are no text',
      () => zipOf({ ...parts(), [SHEET]: Buffer.from([0x3c, 0xff, 0xfe, 0x3e]) }),
      'workbook-damaged',
    ],
    ['an encrypted part', () => zipOf({ ...parts(), [SHEET]: { content: 'x', flags: 1 } }), 'password'],
    [
      'two parts of one name',
      () => {
        const zip = zipOf({ 'xl/a.xml': 'x', 'xl/A.xml': 'y' })
        return zip
      },
      'workbook-damaged',
    ],
    ['a zip cut off', () => zipOf(parts('<row/>')).subarray(0, 400), 'workbook-damaged'],
    [
      'a directory that points nowhere',
      () => {
        const zip = Buffer.from(zipOf(parts()))
        zip.writeUInt32LE(0xfffff, zip.length - 6)
        return zip
      },
      'workbook-damaged',
    ],
  ])('%s', async (_what, make, code) => {
    const file = make()
    const growth = await growthMb(async () => expect(await codeOf(rowsIn(file))).toBe(code))
    expect(growth).toBeLessThan(64)
  })

  it('ten million cells without a value cost time only', async () => {
    const row = `<row>${'<c s="1"/>'.repeat(20)}</row>`
    const file = sheetOf(row.repeat(100_000))
    let rows = {}
    expect(await growthMb(async () => (rows = await rowsIn(file)))).toBeLessThan(100)
    expect(rows).toEqual({})
  })

  it('and the last row of a sheet makes no million rows in between at once', async () => {
    const file = sheetOf('<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>2</v></c></row>')
    let [rows, most] = [0, 0]
    const options = { kind: 'xlsx', headOf: () => 1 } as const
    const { groups } = await openWorkbookFile(pieces(file, 1000), options)
    for await (const group of groups) {
      rows += group.length
      most = Math.max(most, group.length)
    }
    expect([rows, most <= 1_000]).toEqual([1_048_576, true])
  })
})

describe('the thread of a workbook', () => {
  const open = (bytes: Buffer) =>
    ({ ask: 'open', kind: 'xlsx', label: '', bytes: new Uint8Array(bytes).buffer }) as const

  it('is given up when it answers too late', async () => {
    const thread = new WorkbookThread('xlsx', 1)
    expect(await codeOf(thread.ask(open(sheetOf(''))))).toBe('workbook-too-big')
    expect(await codeOf(thread.ask(open(sheetOf(''))))).toBe('workbook-too-big')
    await thread.close()
  })

  it('that needs more memory than it may have takes nobody with it', async () => {
    // Many short strings: each costs more than its bytes.
    const strings = '<si/>'.repeat(40_000_000 / 5)
    const thread = new WorkbookThread('xlsx')
    const asked = thread.ask(
      open(zipOf({ ...parts(), 'xl/sharedStrings.xml': `<sst>${strings.repeat(5)}</sst>` })),
    )
    expect(await codeOf(asked)).toBe('workbook-too-big')
    await thread.close()
  })

  it('tells of a failure that is no refusal without the words of the file', async () => {
    const thread = new WorkbookThread('xlsx')
    await expect(thread.ask({ ask: 'next' })).rejects.toThrow(/^a workbook could not be read: Error worker\./)
    await thread.close()
  })
})

describe('an old workbook', () => {
  const ole = (...names: string[]) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(504),
      Buffer.from(names.join('\0\0'), 'utf16le'),
      Buffer.alloc(512),
    ])

  it.each<[string, Buffer, string]>([
    ['with a password', ole('EncryptionInfo', 'EncryptedPackage'), 'password'],
    ['that is a text of Word or WPS', ole('WordDocument'), 'spreadsheet'],
    ['that is a presentation', ole('PowerPoint Document'), 'spreadsheet'],
    ['that is damaged', ole('Workbook'), 'workbook-damaged'],
    ['that is something else', ole('__nameid_version1.0'), 'workbook-damaged'],
    ['that is too large', Buffer.alloc(33 * MB), 'workbook-too-big'],
  ])('%s is refused', async (_what, file, code) => {
    expect(await codeOf(openOld(file))).toBe(code)
  })

  it('never expands the entities of a page', async () => {
    expect(
      await codeOf(openPage(Buffer.from(`${laughs}<table><tr><td>&h;</td></tr></table>`), 'utf-8')),
    ).toBe('not-a-table')
  })
})

it.each<[string, Record<string, string>, string]>([
  ['a packed folder', { 'a.csv': 'x' }, '压缩文件'],
  ['a text of Word', { '_rels/.rels': '', 'word/document.xml': '' }, 'Word 文档'],
  ['a presentation', { '_rels/.rels': '', 'ppt/presentation.xml': '' }, 'PowerPoint'],
  ['a binary workbook', { '_rels/.rels': '', 'xl/workbook.bin': '' }, '.xlsb'],
  ['an OpenDocument sheet', { mimetype: '', 'content.xml': '' }, '.ods'],
])('%s is called by its name', async (_what, inside, name) => {
  await expect(openXlsx(zipOf(inside))).rejects.toThrow(name)
})
