import type { FileRefused } from '../refusals.ts'
import type { DateSystem } from './number-text.ts'

/** Rows of a sheet that say something, with their numbers. Rows between them are empty. */
export type SheetRows = { numbers: number[]; records: string[][] }

/** Cells of one column that belong together: the value stands in the first. */
export type TallMerge = { column: number; top: number; bottom: number }

/** What a reader of the sheet does not see, or what is not in it. Rows and columns count from 1. */
export type SheetRemarks = {
  hiddenRows: [number, number][]
  hiddenColumns: number[]
  /** Formulas whose result nobody stored, by column. */
  unsaved: { column: number; row: number; count: number }[]
}

export type OpenSheet = { rows: AsyncIterable<SheetRows>; remarks: SheetRemarks }

/** A workbook whose sheets can be read one after the other, each as often as wanted. */
export type Workbook = {
  sheets: { name: string; hidden: boolean }[]
  system: DateSystem
  /** `dataFrom` is the row below the head: from there on, a value that stands for many rows is repeated in each. */
  open(sheet: number, dataFrom: number): OpenSheet
}

/** What the main thread asks the worker, one after the other. */
export type WorkerRequest =
  | { ask: 'open'; bytes: ArrayBuffer; kind: WorkbookKind; label: string }
  | { ask: 'read'; sheet: number; dataFrom: number }
  | { ask: 'next' }
export type WorkbookKind = 'xlsx' | 'old' | 'page'

export type WorkerAnswer =
  | Pick<Workbook, 'sheets' | 'system'>
  | { reading: true }
  | { rows: SheetRows }
  | { end: SheetRemarks }
  | { refused: Pick<FileRefused, 'code' | 'message'> }
  | { failed: string }
