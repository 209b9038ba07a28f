import { crc32, deflateRawSync } from 'node:zlib'
import type { OpenSheet, Workbook } from '../../../src/ledgers/spreadsheet/workbook.ts'
import { openXlsx } from '../../../src/ledgers/spreadsheet/xlsx-workbook.ts'

export type Part = { content: Buffer | string; declared?: number; flags?: number; crc?: number }

/** A zip as any archiver writes it, save for what a part declares otherwise. */
export function zipOf(parts: Record<string, Part | Buffer | string>): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, given] of Object.entries(parts)) {
    const part = typeof given === 'string' || Buffer.isBuffer(given) ? { content: given } : given
    const content = Buffer.from(part.content as string)
    const packed = deflateRawSync(content)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(part.flags ?? 0, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(part.crc ?? crc32(content), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(part.declared ?? content.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, place, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(locals.length, 8)
  end.writeUInt16LE(locals.length, 10)
  end.writeUInt32LE(
    central.reduce((sum, { length }) => sum + length, 0),
    12,
  )
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...central, end])
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`

export type Given = {
  /** The XML inside `<worksheet>`, of each sheet by its name. */
  sheets: Record<string, string>
  /** The XML inside `<sst>`. */
  strings?: string
  /** The XML inside `<styleSheet>`. */
  styles?: string
  workbook?: string
  hidden?: string[]
}

/** The parts of an .xlsx as Excel writes them. */
export function xlsxParts({
  sheets,
  strings = '',
  styles = '',
  workbook = '',
  hidden = [],
}: Given): Record<string, Part | string> {
  const names = Object.keys(sheets)
  const listed = names.map((name, i) => {
    const state = hidden.includes(name) ? ' state="hidden"' : ''
    return `<sheet name="${name}" sheetId="${i + 1}"${state} r:id="rId${i + 1}"/>`
  })
  const files = names.map((name, i) => [
    `xl/worksheets/sheet${i + 1}.xml`,
    `<worksheet>${sheets[name]}</worksheet>`,
  ])
  return {
    '_rels/.rels': `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?>\n<workbook>${workbook}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names.map((_name, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation('s', 'sharedStrings', 'sharedStrings.xml')}${relation('t', 'styles', 'styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    ...Object.fromEntries(files),
  }
}

export const xlsxOf = (given: Given): Buffer => zipOf(xlsxParts(given))
/** An .xlsx of one sheet with these rows. */
export const sheetOf = (
  rows: string,
  given: Partial<Given> & { behind?: string; before?: string } = {},
): Buffer =>
  xlsxOf({
    ...given,
    sheets: { 表: `${given.before ?? ''}<sheetData>${rows}</sheetData>${given.behind ?? ''}` },
  })

/** All rows of a sheet by their numbers, and what is said about it. */
export async function readSheet(opened: OpenSheet) {
  const rows: Record<number, string[]> = {}
  for await (const { numbers, records } of opened.rows)
    for (const [i, number] of numbers.entries()) rows[number] = records[i] ?? []
  return { rows, remarks: opened.remarks }
}

export async function rowsIn(bytes: Buffer, dataFrom = 2, sheet = 0): Promise<Record<number, string[]>> {
  const workbook: Workbook = await openXlsx(bytes)
  return (await readSheet(workbook.open(sheet, dataFrom))).rows
}

/** The words by which a file is refused. */
export async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: { code?: string }) => {
      if (error.code === undefined) throw error
      return error.code
    },
  )
}
