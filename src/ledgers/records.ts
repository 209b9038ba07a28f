import { records } from './csv-read.ts'
import { encodingOfTable } from './damaged-place.ts'
import { type Chunks, type Encoding, encodingOf, headOf } from './decode.ts'
import { kindOf } from './file-kind.ts'
import { headEnd } from './head-end.ts'
import { openWorkbookFile, type WorkbookOptions } from './spreadsheet/records.ts'

/** How a file was read: the encoding of a text, or what kind of workbook it is. */
export type FileForm = Encoding | 'xlsx' | 'xls' | 'html'

/** Whether it is a text, which has no sheets. */
export function isText(form: string): boolean {
  return !['xlsx', 'xls', 'html'].includes(form)
}

/** All records of a file, blank ones too, so that the n-th is row n of a spreadsheet; in groups as they are read. */
export type FileRecords = {
  encoding: FileForm
  groups: AsyncIterable<string[][]>
  /** What must be told about the file as a whole, such as hidden rows. Complete when all groups are read. */
  notes: readonly string[]
  /** Whether its days count from 1904. */
  date1904: boolean
  /** The sheet that is read; null of a text, which has none. */
  sheet: string | null
  /** The same for two workbooks in which the same sheets could be meant; null where one alone could. */
  candidates: string | null
  /** The sheets that could have been meant and were not read. */
  otherSheets: readonly string[]
}

/**
 * Opens a file as records, whatever kind it is. `sheet` is the one of a workbook that is meant. @throws FileRefused
 * at once for what is no table; while it is read, where it stops being one; SheetNeeded where several could be meant
 */
export async function recordsOf(chunks: Chunks, sheet?: string): Promise<FileRecords> {
  const kind = kindOf(await headOf(chunks))
  if (kind === 'text') {
    const encoding = await encodingOfTable(chunks)
    const notes = sheet === undefined ? [] : [noSheetWords(sheet)]
    const unclosed = quoteWatch(notes)
    const groups = records(chunks, encoding, unclosed)
    return { encoding, groups, notes, date1904: false, sheet: null, candidates: null, otherSheets: [] }
  }
  const wanted = { sheet, headOf: headEnd }
  if (kind === 'zip') return workbook('xlsx', chunks, { kind: 'xlsx', ...wanted })
  if (kind === 'old') return workbook('xls', chunks, { kind: 'old', ...wanted })
  const label = (await encodingOf(chunks)).replace('-bom', '')
  return workbook('html', chunks, { kind: 'page', label, ...wanted })
}

/** As many rows as a sentence names. */
const ROWS_NAMED = 10

/** Tells of rows in which a quote is opened and not closed: it was read as a character like any other. */
function quoteWatch(notes: string[]): (row: number) => void {
  const rows: number[] = []
  const at = notes.length
  return (row) => {
    if (rows.push(row) > ROWS_NAMED + 1) return
    const more = rows.length > ROWS_NAMED ? '等' : ''
    notes[at] =
      `第 ${rows.slice(0, ROWS_NAMED).join('、')} 行${more}有引号没有成对,引号照字面读入了。请对照原文件核对这些行。`
  }
}

/** A sheet was named of a text, which has none. */
function noSheetWords(sheet: string): string {
  return `这个文件是文本,没有工作表:写明的表“${sheet}”没有用上,读的是整个文件。`
}

async function workbook(encoding: FileForm, chunks: Chunks, options: WorkbookOptions): Promise<FileRecords> {
  return { encoding, ...(await openWorkbookFile(chunks, options)) }
}
