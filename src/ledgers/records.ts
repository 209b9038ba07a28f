import { records } from './csv-read.ts'
import { type Chunks, type Encoding, encodingOf } from './decode.ts'

/** All records of a file, blank ones too, so that the n-th is row n of a spreadsheet; in groups as they are read. */
export type FileRecords = { encoding: Encoding; groups: AsyncIterable<string[][]> }

/**
 * Opens a file as records, whatever kind it is. @throws FileRefused at once for what is no table; while it is
 * read, where it stops being one
 */
export async function recordsOf(chunks: Chunks): Promise<FileRecords> {
  const encoding = await encodingOf(chunks)
  return { encoding, groups: records(chunks, encoding) }
}
