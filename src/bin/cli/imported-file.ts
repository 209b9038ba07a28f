import { parse } from 'csv-parse/sync'
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { REMARK } from '../../ledgers/remark.ts'
import { mendableCsv, type ReadFile, readFileOf, type RowProblem } from '../../ledgers/mendable-csv.ts'
import { recordsOf } from '../../ledgers/records.ts'

/**
 * The file that somebody imports, read again on their own machine: what was refused is shown and written with its rows,
 * which never leave the service in the clear. `sheet` is the one of a workbook that was read.
 */
export async function importedFile(path: string, sheet?: string): Promise<ReadFile | null> {
  const chunks = () => createReadStream(path) as AsyncIterable<Buffer>
  const read: string[][] = []
  for await (const group of (await recordsOf(chunks, sheet)).groups) read.push(...group)
  return readFileOf(read)
}

/** @returns how many rows were written */
export async function writeMendable(
  path: string,
  file: ReadFile,
  problems: readonly RowProblem[],
): Promise<number> {
  await writeFile(path, mendableCsv(file, problems), { mode: 0o600 })
  return new Set(problems.map(({ row }) => row)).size
}

/**
 * What is to be mended, of the list that the service gives: 行号, 列, 规则, 说明. A row that repeats another is registered
 * already, and so is one with a remark.
 */
export function problemsToMend(list: string): RowProblem[] {
  const [, ...lines] = parse(list, { bom: true, record_delimiter: '\r\n' })
  return lines
    .filter(([, , broken]) => broken !== 'duplicate' && broken !== REMARK)
    .map(([row = '', column = '', , message = '']) => ({ row: Number(row), column, message }))
}
