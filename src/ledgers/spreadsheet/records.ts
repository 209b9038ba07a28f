import type { Chunks } from '../decode.ts'
import { type ChosenSheet, chooseSheet, type HeadFinder } from './choose-sheet.ts'
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

/** A workbook whose sheet is chosen. Whoever opened one reads its groups, or ends them: until then its thread lives. */
export type WorkbookFile = {
  groups: AsyncGenerator<string[][]>
  /** What must be told of the sheet, complete when all groups are read. */
  notes: readonly string[]
  date1904: boolean
  /** The one that is read. */
  sheet: string
  candidates: string | null
  /** The other sheets that could have been meant. */
  otherSheets: string[]
}

/**
 * Opens the one sheet that is meant, whose records come as those of a CSV file would; row n is the n-th.
 * @throws FileRefused, SheetNeeded
 */
export async function openWorkbookFile(chunks: Chunks, options: WorkbookOptions): Promise<WorkbookFile> {
  const { kind, label = 'utf-8', ...wanted } = options
  const thread = new WorkbookThread(kind)
  try {
    const bytes = await wholeFile(chunks)
    const opened = await thread.ask({ ask: 'open', bytes, kind, label }, [bytes])
    if (!('sheets' in opened)) throw new Error('the thread of a workbook answered another question')
    const chosen = await chooseSheet(thread, opened.sheets, wanted)
    const notes: string[] = []
    const { name: sheet, candidates, left: otherSheets } = chosen
    const groups = recordsOf(thread, chosen, notes)
    return { groups, notes, date1904: opened.system === 1904, sheet, candidates, otherSheets }
  } catch (error) {
    await thread.close()
    throw error
  }
}

async function* recordsOf(
  thread: WorkbookThread,
  { index, dataFrom }: ChosenSheet,
  notes: string[],
): AsyncGenerator<string[][]> {
  try {
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
