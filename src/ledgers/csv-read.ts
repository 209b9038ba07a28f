import { CsvError, parse, type Parser } from 'csv-parse'
import { asUtf8, type Chunks, type Encoding } from './decode.ts'
import { type FileRefused, refused, type RefusalCode } from './refusals.ts'

const MOST_CELL_BYTES = 64 * 1024
/** Small enough that a piece of nothing but line ends does not hold up the process. */
const MOST_PIECE_BYTES = 16 * 1024

const OPTIONS = {
  bom: true,
  // People join files by hand, so line ends may differ within one file.
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  max_record_size: MOST_CELL_BYTES,
}

/**
 * Yields every record of the file, blank ones too, so that the n-th record is row n of a spreadsheet. Records
 * come in one group for each piece of the file, so that none waits for the event loop alone. @throws FileRefused
 * where the file stops being CSV
 */
export async function* records(chunks: Chunks, encoding: Encoding): AsyncGenerator<string[][]> {
  const parser = parse(OPTIONS)
  // Each write and the end report the error too. Without a listener the event would end the process.
  parser.on('error', () => undefined)
  try {
    for await (const chunk of asUtf8(chunks, encoding))
      for (const piece of pieces(chunk)) {
        const group = await parsePiece(parser, piece)
        expectWidth(parser, group.at(-1)?.length)
        yield group
      }
    yield await remainingRecords(parser)
  } catch (error) {
    throw error instanceof CsvError ? refusalOfCsvError(error) : error
  } finally {
    parser.destroy()
  }
}

/** Reads at once all that a piece completes, since the parser works synchronously. */
function parsePiece(parser: Parser, piece: Buffer): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const group: string[][] = []
    parser.write(piece, (error) => (error ? reject(error) : resolve(group)))
    for (let record = nextRecord(parser); record !== null; record = nextRecord(parser)) group.push(record)
  })
}

function nextRecord(parser: Parser): string[] | null {
  return parser.read() as string[] | null
}

function* pieces(chunk: Buffer | string): Generator<Buffer> {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  for (let i = 0; i < bytes.length; i += MOST_PIECE_BYTES) yield bytes.subarray(i, i + MOST_PIECE_BYTES)
}

/**
 * Tells csv-parse how wide the last record was. It makes an error with a stack for each record of another width
 * than the first and then drops it, which costs five times the record. This is no public option; without it
 * reading is only slower.
 */
function expectWidth(parser: Parser & { state?: { expectedRecordLength?: number } }, width?: number): void {
  if (parser.state && width !== undefined) parser.state.expectedRecordLength = width
}

async function remainingRecords(parser: Parser): Promise<string[][]> {
  const group: string[][] = []
  parser.end()
  for await (const record of parser as AsyncIterable<string[]>) group.push(record)
  return group
}

const CODES: Partial<Record<CsvError['code'], RefusalCode>> = {
  CSV_MAX_RECORD_SIZE: 'cell-too-big',
  CSV_QUOTE_NOT_CLOSED: 'unbalanced-quote',
  INVALID_OPENING_QUOTE: 'unbalanced-quote',
  CSV_INVALID_CLOSING_QUOTE: 'unbalanced-quote',
}

function refusalOfCsvError(error: CsvError): FileRefused {
  const row = typeof error.records === 'number' ? error.records + 1 : undefined
  return refused(CODES[error.code] ?? 'unreadable', row === undefined ? '文件' : `第 ${row} 行`)
}
