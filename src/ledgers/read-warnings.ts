import type { WithoutNumber } from '../domain/obligation/without-number.ts'
import { dayOf, type Instant } from '../domain/time/days.ts'
import { checkContext } from './check-row.ts'
import type { Chunks } from './decode.ts'
import type { SkippedRow } from './decorations.ts'
import type { ColumnMapping, WordMapping } from './mapping.ts'
import { type MendedCells, mendedWords } from './mended-cells.ts'
import { type FileForm, isText, recordsOf } from './records.ts'
import { FileRefused } from './refusals.ts'
import { type ExplainedWord, ExplainedWords } from './explained-words.ts'
import type { RefusedHead, RefusedRow } from './refused-row.ts'
import type { RowError } from './row-error.ts'
import { Sheet } from './sheet.ts'
import type { FileHead } from './survey.ts'
import { foreignPlaceFinder, foreignTownFinder, ourPlaceFinder } from './place-path.ts'
import { townFinder } from './towns.ts'
import type { UnknownWord } from './unknown-words.ts'
import type { WarningRow } from './warning-row.ts'

export type { SkippedRow } from './decorations.ts'
export { MappingNeeded } from './mapping.ts'
export { FileRefused }
export type { RefusedHead, RefusedRow } from './refused-row.ts'
export type { RowError } from './row-error.ts'
export type { FileHead } from './survey.ts'
export type { WarningRow } from './warning-row.ts'

/** What the next rows gave. `processed` counts all rows read so far that should be warnings. */
export type ReadBatch = {
  rows: WarningRow[]
  errors: RowError[]
  /** Rows that may be mended, as they stand in the file. */
  refused: RefusedRow[]
  refusedHead: RefusedHead
  /** Good rows that were refused before beside another with their number, which nobody has decided between. */
  undecided?: readonly number[]
  /** The good rows as they stand in the file, where `keepsTaken` asked for them. */
  taken?: readonly RefusedRow[]
  /** Rows that are no warnings: sums, remarks, signatures, the head again. The first hundred of a file. */
  skipped: SkippedRow[]
  processed: number
  encoding: FileForm
  /** Null where the file has rows and no head. */
  head: FileHead | null
  /** Those of the whole file stand in its last batch. */
  unknownWords: UnknownWord[]
  /** What must be told about the file as a whole; complete in its last batch. */
  notes: readonly string[]
  /** The sheet that was read; null of a text, which has none. */
  sheetRead: string | null
  /** The same for two workbooks in which the same sheets could be meant; null where one alone could. */
  candidates: string | null
  /** The sheets that could have been meant and were not read. */
  otherSheets: readonly string[]
  /** Words that the county explained before and that stand in the file. */
  explained: readonly ExplainedWord[]
}

/** What a file is read against. */
export type ReadContext = {
  towns: readonly { code: string; name: string }[]
  /** The places above the towns, the widest first: 陕西省, 安康市, 紫阳县. */
  county?: readonly string[] | undefined
  /** The only town of whose households the file may tell; any of the county where nothing is said. */
  reach?: string | undefined
  now: Instant
  /** What somebody said of the columns, as far as they said it. */
  columns?: ColumnMapping | undefined
  /** The sheet of a workbook that is meant. */
  sheet?: string | undefined
  /** What the county explained before. */
  words?: WordMapping | undefined
  /** Whether the county registers households without a number; it does where nothing is said. */
  withoutNumber?: WithoutNumber | undefined
  /** Whether the good rows are given as they stand in the file, too: the ledger may refuse some of them. */
  keepsTaken?: boolean | undefined
  /** What somebody typed in place of cells that were refused. */
  mended?: MendedCells | undefined
  /** Whether the file is a spreadsheet that counts days from 1904. */
  date1904?: boolean | undefined
}

/**
 * Small enough that a batch is dropped before V8 collects twice; objects that survive stay until a large
 * collection.
 */
const BATCH = 250

/**
 * Reads a platform export row by row in bounded memory and yields at least one batch. @throws
 * MappingNeeded when somebody has to say what its columns are; FileRefused when the file as a whole is refused;
 * batches yielded before are then void
 */
export async function* readWarnings(chunks: Chunks, context: ReadContext): AsyncGenerator<ReadBatch> {
  const {
    encoding,
    groups,
    notes,
    candidates,
    otherSheets,
    sheet: sheetRead,
    ...file
  } = await recordsOf(chunks, context.sheet)
  const {
    towns,
    county,
    reach,
    now,
    columns,
    words,
    withoutNumber,
    keepsTaken,
    mended = {},
    date1904 = file.date1904,
  } = context
  const explained = new ExplainedWords()
  const townOf = townFinder(towns, county, words?.town, explained)
  const checks = checkContext({
    townOf,
    foreignPlace: foreignPlaceFinder(county ?? []),
    isForeignTown: foreignTownFinder(county ?? []),
    isOurPlace: ourPlaceFinder(county ?? []),
    ...{ reach, words, explained, withoutNumber },
    now,
    today: dayOf(now),
    date1904,
  })
  const sheet = new Sheet(checks, columns, { keepsTaken, mended })
  // A workbook keeps no empty cells, so its rows end where they do.
  const endsEarly = isText(encoding)
  let yielded = -1
  const batch = (unknownWords: UnknownWord[] = []): ReadBatch => ({
    ...sheet.harvest(),
    ...{ processed: (yielded = sheet.processed), encoding, head: sheet.head },
    ...{ unknownWords, sheetRead, candidates, otherSheets },
    notes: [
      ...mendedWords(mended),
      ...notes,
      ...hourWords(sheet.withoutHour),
      ...(endsEarly ? sheet.endEarly.words() : []),
    ],
    explained: explained.list(),
  })
  try {
    for await (const group of groups)
      for (const record of group) {
        sheet.take(record)
        if (sheet.processed - Math.max(yielded, 0) >= BATCH) yield batch()
      }
    sheet.close()
    const before = yielded
    const last = batch(checks.unknown.list())
    const told = last.skipped.length + last.unknownWords.length + last.notes.length
    if (last.processed !== before || told > 0) yield last
  } catch (error) {
    if (error instanceof FileRefused) error.rows = sheet.processed
    throw error
  }
}

/** How many rows had no hour, and what was taken. */
function hourWords(rows: number): string[] {
  return rows === 0 ? [] : [`${rows} 行的发布时间只有日期、没有几点几分,按当天 00:00 登记。`]
}
