/** What a workbook may cost. Real ones of 200,000 rows and twenty columns stay below half of each. */
export const LIMITS = {
  /** An upload is no larger; the command line may be given any file. */
  fileBytes: 64 * 1024 * 1024,
  /** The old formats are read at once, not row by row. */
  oldFileBytes: 32 * 1024 * 1024,
  entries: 5_000,
  /** Of one part of the zip, inflated. Nothing is kept of it but what a row needs. */
  partBytes: 640 * 1024 * 1024,
  /** Of parts that are read as a whole: the list of sheets, styles. */
  smallPartBytes: 16 * 1024 * 1024,
  totalBytes: 1024 * 1024 * 1024,
  /** Deflate packs no text this tightly; only bombs above a size that costs something are. */
  ratio: 400,
  ratioCountsFrom: 32 * 1024 * 1024,
  sharedStringBytes: 128 * 1024 * 1024,
  cellCharacters: 64 * 1024,
  column: 16_384,
  row: 1_048_576,
  /** Empty cells between full ones cost as much as full ones. */
  slots: 50_000_000,
  heapMb: { rows: 192, whole: 640 },
  /** Wall time for one answer of the worker: a few hundred rows, or all of an old file. */
  answerMs: 120_000,
} as const
