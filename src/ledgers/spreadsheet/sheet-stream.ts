import type { SheetRemarks, SheetRows } from './workbook.ts'
import type { WorkbookThread } from './worker-client.ts'

const EMPTY_ROWS = 1_000

/** Reads a sheet from its thread; while a group is worked on, the thread reads the next. Returns the remarks. */
export async function* rowsOfSheet(
  thread: WorkbookThread,
  sheet: number,
  dataFrom: number,
): AsyncGenerator<SheetRows, SheetRemarks> {
  await thread.ask({ ask: 'read', sheet, dataFrom })
  for (let next = askNext(thread); ;) {
    const answer = await next
    if ('end' in answer) return answer.end
    if (!('rows' in answer)) throw new Error('the thread of a workbook answered another question')
    next = askNext(thread)
    yield answer.rows
  }
}

/** A failure is told to whoever awaits it; until then it is nobody's. */
function askNext(thread: WorkbookThread) {
  const next = thread.ask({ ask: 'next' })
  next.catch(() => undefined)
  return next
}

/** Puts the empty rows back between the others, so that the n-th record is row n. `last` is the row before. */
export function* withEmptyRows({ numbers, records }: SheetRows, last: number): Generator<string[][]> {
  const group: string[][] = []
  for (const [i, record] of records.entries()) {
    for (let missing = (numbers[i] ?? 0) - last - 1; missing > 0; missing--) {
      group.push([])
      if (group.length >= EMPTY_ROWS) yield group.splice(0)
    }
    group.push(record)
    last = numbers[i] ?? last
  }
  if (group.length > 0) yield group
}
