import { CsvError, parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { type Day, type Instant, instantAt, isDay } from '../domain/time/days.ts'
import { RehearsalRefused } from './rehearsal-refused.ts'
import { quarterFor } from './times.ts'

export const NUMBER_COLUMN = '预警编号'
export const ISSUED_COLUMN = '预警发布时间'

/** One row of the platform's export, as far as a rehearsal must read it. */
export type IssuedRow = { raw: string; externalId: string; issuedOn: Day | null; issuedAt: Instant | null }
/** What the platform publishes at one instant: a file of its own, in the encoding of the whole. */
export type Batch = { at: Instant; rows: IssuedRow[]; file: Buffer<ArrayBuffer> }

type RawRecord = { record: Record<string, string>; raw: string }

type WarningsFile = { header: string; columns: string[]; rows: IssuedRow[]; encoding: string }

/**
 * Reads the export plainly, without the product's own reader.
 * @throws RehearsalRefused when it is no CSV in an encoding of the platform
 */
export function readWarningsFile(bytes: Buffer): WarningsFile {
  const { text, encoding } = decode(bytes)
  const { columns, records } = parseRecords(text)
  const header = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
  return { header, columns, encoding, rows: records.map(issuedRow) }
}

function parseRecords(text: string): { columns: string[]; records: RawRecord[] } {
  let columns: string[] = []
  const keepColumns = (names: string[]) => (columns = names)
  try {
    const options = { columns: keepColumns, raw: true, bom: true, relax_column_count: true }
    const records = parse(text, options) as unknown as RawRecord[]
    return { columns, records }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new RehearsalRefused(`预警文件不是 CSV(${error.message})。请从平台导出 CSV 后再演练。`)
  }
}

function issuedRow({ record, raw }: RawRecord): IssuedRow {
  const plain = (column: string) => (record[column] ?? '').normalize('NFKC').trim()
  const when = issueTime(plain(ISSUED_COLUMN))
  return { raw: raw.replace(/[\r\n]+$/, ''), externalId: plain(NUMBER_COLUMN), ...when }
}

/** Reads `2022-06-10 09:30`, `2022/6/10 9:30` and `2022年6月10日`; null for anything that is no such day. */
export function issueTime(text: string): { issuedOn: Day | null; issuedAt: Instant | null } {
  const found = /^(\d{4})\D(\d{1,2})\D(\d{1,2})(?:日)?(?:\D+(\d{1,2}):(\d{2})(?::\d{2})?)?$/.exec(text)
  if (!found) return { issuedOn: null, issuedAt: null }
  const [, year, month = '', day = '', hour = '0', minute = '00'] = found
  const issuedOn = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isDay(issuedOn)) return { issuedOn: null, issuedAt: null }
  return { issuedOn, issuedAt: instantAt(issuedOn, `${hour}:${minute}`) }
}

/**
 * Makes one file for each quarter of an hour with issued rows; rows without a readable date come with the first.
 */
export function batchesOf(bytes: Buffer, within: { from: Instant; until: Instant }): Batch[] {
  const { header, rows, encoding } = readWarningsFile(bytes)
  const dated = rows.flatMap((row) => (row.issuedAt === null ? [] : [{ row, at: quarterFor(row.issuedAt) }]))
  const inside = dated.filter(({ at }) => within.from <= at && at <= within.until).sort((a, b) => a.at - b.at)
  const batches = new Map<Instant, IssuedRow[]>()
  for (const { row, at } of inside) batches.set(at, [...(batches.get(at) ?? []), row])
  const [first] = batches.values()
  first?.push(...rows.filter((row) => row.issuedAt === null))
  return [...batches].map(([at, issued]) => ({
    at,
    rows: issued,
    file: encode([header, ...issued.map((r) => r.raw)]),
  }))

  function encode(lines: string[]): Buffer<ArrayBuffer> {
    return Buffer.from(iconv.encode(`${lines.join('\r\n')}\r\n`, encoding))
  }
}

function decode(bytes: Buffer): { text: string; encoding: string } {
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  throw new RehearsalRefused('预警文件既不是 UTF-8 也不是 GB18030。请从平台导出 CSV 后再演练。')
}
