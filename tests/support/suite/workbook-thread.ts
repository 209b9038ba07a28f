import { pathToFileURL } from 'node:url'
import { inject, vi } from 'vitest'

/** A workbook's thread is the same program, translated once for the whole run. */
vi.mock('../../../src/ledgers/spreadsheet/worker-entry.ts', () => ({
  workerEntry: () => pathToFileURL(inject('workbookThread')),
}))
