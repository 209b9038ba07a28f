import { refused } from '../refusals.ts'
import { FillDown } from './fill-down.ts'
import { textOf, wholeText } from './inflate.ts'
import type { PackedStrings } from './packed-strings.ts'
import { type Parts, readParts } from './parts.ts'
import { readSharedStrings } from './shared-strings.ts'
import type { CellContext } from './sheet-cells.ts'
import { SheetReader } from './sheet-reader.ts'
import { readStyles } from './styles.ts'
import { findTallMerges } from './tall-merges.ts'
import type { OpenSheet, SheetRows, Workbook } from './workbook.ts'
import { XmlScanner } from './xml.ts'
import { refusalOfZip } from './zip-kind.ts'
import { readDirectory, type ZipEntry } from './zip.ts'

/** Rows that go to the main thread at once. */
const GROUP = 250

/** Opens an .xlsx, of which nothing is unpacked but what is read. @throws FileRefused */
export async function openXlsx(bytes: Buffer): Promise<Workbook> {
  const entries = readDirectory(bytes)
  const refusal = refusalOfZip(entries.keys())
  if (refusal) throw refusal
  const parts = await readParts({ bytes, entries })
  const partAt = (path: string) => entries.get(path.toLowerCase())
  const context = await readContext(bytes, parts, partAt)
  return {
    sheets: parts.sheets.map(({ name, hidden }) => ({ name, hidden })),
    system: parts.system,
    open(sheet, dataFrom) {
      const entry = partAt(parts.sheets[sheet]?.path ?? '')
      if (entry === undefined) throw refused('workbook-damaged')
      return openSheet(bytes, entry, context, dataFrom)
    },
  }
}

async function readContext(
  bytes: Buffer,
  parts: Parts,
  partAt: (path: string) => ZipEntry | undefined,
): Promise<CellContext> {
  const strings = parts.strings === undefined ? undefined : partAt(parts.strings)
  const styles = parts.styles === undefined ? undefined : partAt(parts.styles)
  return {
    strings: strings ? await readSharedStrings(textOf(bytes, strings)) : (null as PackedStrings | null),
    shapes: styles ? readStyles(await wholeText(bytes, styles)) : [],
    system: parts.system,
  }
}

function openSheet(bytes: Buffer, entry: ZipEntry, context: CellContext, dataFrom: number): OpenSheet {
  const remarks = { hiddenRows: [], hiddenColumns: [], unsaved: [] }
  async function* rows(): AsyncGenerator<SheetRows> {
    // A look at the first rows needs no merged cells and does not pass over the whole sheet.
    const merges = Number.isFinite(dataFrom) ? await findTallMerges(textOf(bytes, entry)) : []
    const reader = new SheetReader(context, new FillDown(merges, dataFrom))
    Object.assign(remarks, reader.remarks.plain)
    const scanner = new XmlScanner(reader)
    for await (const piece of textOf(bytes, entry)) {
      scanner.push(piece)
      if (reader.waiting >= GROUP) yield reader.harvest()
    }
    scanner.end()
    yield reader.harvest()
  }
  return { rows: rows(), remarks }
}
