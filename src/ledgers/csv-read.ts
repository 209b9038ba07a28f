import { StringDecoder } from 'node:string_decoder'
import { CsvScanner } from './csv-scanner.ts'
import { asUtf8, type Chunks, type Encoding } from './decode.ts'
import { dialectOf, separatorLine } from './dialect.ts'

/** Enough for the lines above a head and some rows below it, in characters. */
const ENOUGH_FOR_THE_DIALECT = 64 * 1024
/** Small enough that a piece of nothing but line ends does not hold up the process, in characters. */
const LONGEST_PIECE = 16 * 1024

/**
 * Yields every record of the file, blank ones too, so that the n-th record is row n of a spreadsheet. Records
 * come in one group for each piece of the file, so that none waits for the event loop alone. @throws FileRefused
 * for a line that is too long
 */
export async function* records(
  chunks: Chunks,
  encoding: Encoding,
  unclosed?: (row: number) => void,
): AsyncGenerator<string[][]> {
  let beginning = ''
  let scanner: CsvScanner | null = null
  for await (const text of texts(asUtf8(chunks, encoding))) {
    if (scanner) {
      yield scanner.read(text)
      continue
    }
    beginning += text
    if (beginning.length < ENOUGH_FOR_THE_DIALECT) continue
    scanner = yield* readBeginning(beginning, { isWhole: false, unclosed })
  }
  scanner ??= yield* readBeginning(beginning, { isWhole: true, unclosed })
  yield scanner.end()
}

/** Decides how cells are separated, then reads what was needed for that. */
function* readBeginning(
  beginning: string,
  { isWhole, unclosed }: { isWhole: boolean; unclosed: ((row: number) => void) | undefined },
): Generator<string[][], CsvScanner> {
  const named = separatorLine(beginning)
  const text = beginning.slice(named.length)
  const scanner = new CsvScanner(dialectOf(text, isWhole, named.separator), unclosed)
  for (const piece of pieces(text)) yield scanner.read(piece)
  return scanner
}

async function* texts(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let first = true
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk)
    if (text === '') continue
    yield* pieces(first ? text.replace(/^\uFEFF/, '') : text)
    first = false
  }
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += LONGEST_PIECE) yield text.slice(at, at + LONGEST_PIECE)
}
