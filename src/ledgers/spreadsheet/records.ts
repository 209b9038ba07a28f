import type { Chunks } from '../decode.ts'
import { chooseSheet, type HeadFinder } from './choose-sheet.ts'
import { remarkWords } from './remark-words.ts'
import { rowsOfSheet, withEmptyRows } from './sheet-stream.ts'
import { wholeFile } from './whole-file.ts'
import type { WorkbookKind } from './workbook.ts'
import { WorkbookThread } from './worker-client.ts'

/** What reading a workbook must know. `label` is the encoding of a web page. */
export type WorkbookOptions = {
  kind: WorkbookKind
  label?: string
  sheet?: string | undefined
  headOf: HeadFinder
}

/**
 * Yields every record of the one sheet that is meant, as a CSV file would; row n is the n-th. `notes` is filled at
 * the end. @throws FileRefused, SheetNeeded
 */
export async function* workbookRecords(
  chunks: Chunks,
  { kind, label = 'utf-8', ...wanted }: WorkbookOptions,
  notes: string[],
): AsyncGenerator<string[][]> {
  const thread = new WorkbookThread(kind)
  try {
    const bytes = await wholeFile(chunks)
    const opened = await thread.ask({ ask: 'open', bytes, kind, label }, [bytes])
    const { index, dataFrom } = await chooseSheet(thread, 'sheets' in opened ? opened.sheets : [], wanted)
    const rows = rowsOfSheet(thread, index, dataFrom)
    let last = 0
    for (let next = await rows.next(); ; next = await rows.next()) {
      if (next.done) return void notes.push(...remarkWords(next.value))
      yield* withEmptyRows(next.value, last)
      last = next.value.numbers.at(-1) ?? last
    }
  } finally {
    await thread.close()
  }
}
