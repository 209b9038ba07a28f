import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { asUtf8, type Chunks, type Encoding } from './decode.ts'
import { type FileRefused, refused, type RefusalCode } from './refusals.ts'

const MOST_CELL_BYTES = 64 * 1024

const OPTIONS = {
  bom: true,
  // Files are glued together by hand: line ends may differ within one.
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  max_record_size: MOST_CELL_BYTES,
}

/**
 * Every record of the file, blank ones too, so that the n-th is row n of a spreadsheet.
 * @throws FileRefused where the file stops being CSV
 */
export async function* records(chunks: Chunks, encoding: Encoding): AsyncGenerator<string[]> {
  const source = Readable.from(asUtf8(chunks, encoding))
  const parser = parse(OPTIONS)
  source.on('error', (error) => parser.destroy(error))
  try {
    yield* source.pipe(parser) as AsyncIterable<string[]>
  } catch (error) {
    throw error instanceof CsvError ? refusalFor(error) : error
  } finally {
    source.destroy()
  }
}

const CODES: Partial<Record<CsvError['code'], RefusalCode>> = {
  CSV_MAX_RECORD_SIZE: 'cell-too-big',
  CSV_QUOTE_NOT_CLOSED: 'unbalanced-quote',
  INVALID_OPENING_QUOTE: 'unbalanced-quote',
  CSV_INVALID_CLOSING_QUOTE: 'unbalanced-quote',
}

function refusalFor(error: CsvError): FileRefused {
  const row = typeof error.records === 'number' ? error.records + 1 : undefined
  return refused(CODES[error.code] ?? 'unreadable', row === undefined ? '文件' : `第 ${row} 行`)
}
