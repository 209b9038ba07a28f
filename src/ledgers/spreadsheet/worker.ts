import { parentPort } from 'node:worker_threads'
import { FileRefused } from '../refusals.ts'
import { openOld, openPage } from './old-workbook.ts'
import type { OpenSheet, SheetRows, Workbook, WorkerAnswer, WorkerRequest } from './workbook.ts'
import { openXlsx } from './xlsx-workbook.ts'

/** Runs in a thread of its own, so that a large or hostile workbook holds up and costs nobody else. */
let workbook: Workbook | null = null
let open: { sheet: OpenSheet; rows: AsyncIterator<SheetRows> } | null = null

async function answer(request: WorkerRequest): Promise<WorkerAnswer> {
  if (request.ask === 'open') {
    const bytes = Buffer.from(request.bytes)
    const { kind, label } = request
    workbook =
      kind === 'xlsx'
        ? await openXlsx(bytes)
        : kind === 'old'
          ? await openOld(bytes)
          : await openPage(bytes, label)
    return { sheets: workbook.sheets, system: workbook.system }
  }
  if (request.ask === 'read') return read(request.sheet, request.dataFrom)
  if (open === null) throw new Error('no sheet is open')
  const next = await open.rows.next()
  return next.done ? { end: open.sheet.remarks } : { rows: next.value }
}

async function read(sheet: number, dataFrom: number): Promise<WorkerAnswer> {
  if (workbook === null) throw new Error('no workbook is open')
  await open?.rows.return?.()
  const opened = workbook.open(sheet, dataFrom)
  open = { sheet: opened, rows: opened.rows[Symbol.asyncIterator]() }
  return { reading: true }
}

/** A failure that is no refusal is told by its kind only: its words may hold a cell. */
function asAnswer(error: unknown): WorkerAnswer {
  if (error instanceof FileRefused) return { refused: { code: error.code, message: error.message } }
  return { failed: error instanceof Error ? `${error.name} ${stackPlace(error)}` : 'unknown' }
}

function stackPlace(error: Error): string {
  return /\n\s+at .*?([\w.-]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1] ?? ''
}

let last: Promise<void> = Promise.resolve()
parentPort?.on('message', (request: WorkerRequest) => {
  last = last
    .then(() => answer(request))
    .catch(asAnswer)
    .then((message) => parentPort?.postMessage(message))
})
