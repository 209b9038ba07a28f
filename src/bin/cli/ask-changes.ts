import type { Ask } from './ask-mapping.ts'
import { askNumber } from './ask-number.ts'
import { changeLine, decideRows, HIDDEN, isHidden } from './import-changes.ts'
import type { Service } from './service.ts'
import type { ShownChange } from './shown-change.ts'

/** So many rows are asked about one by one; of more there is one question. */
const ASKED_EACH = 5
const WAYS = ['采用文件里的', '不采用,保留台账的(同样的内容以后不再提出)', '以后再定'] as const

/** Asks what becomes of the rows that wait for a word, and does it. What is left for later is told with its command. */
export async function askChanges(
  service: Service,
  id: string,
  changes: readonly ShownChange[],
  { ask, command }: { ask: Ask; command: (args: string) => string },
): Promise<void> {
  const waiting = changes.filter(isWaiting)
  const groups = waiting.length > ASKED_EACH ? [waiting] : waiting.map((change) => [change])
  const list = command(`import --changes ${id}`)
  let left = 0
  for (const rows of groups) {
    const picked = await askNumber(ask, questionOf(rows, list), WAYS)
    if (picked === 2) left += rows.length
    else await decide(service, id, picked === 0 ? 'apply' : 'dismiss', rows)
  }
  if (left > 0) console.log(`等待确认 ${left} 行,以后再定:${list}`)
}

function isWaiting({ state, fields }: ShownChange): boolean {
  const has = (happens: string) => fields.some((field) => field.happens === happens)
  return state === 'open' && has('asked') && !has('refused')
}

function questionOf(rows: readonly ShownChange[], list: string): string {
  const hint = rows.some(isHidden) ? `\n${HIDDEN}` : ''
  const [only] = rows
  const what = rows.length === 1 && only ? changeLine(only) : `要先确认的 ${rows.length} 行(逐行看:${list})`
  return `${what}。采用吗?${hint}`
}

async function decide(
  service: Service,
  id: string,
  action: 'apply' | 'dismiss',
  rows: readonly ShownChange[],
): Promise<void> {
  const { decided, refused } = await decideRows(service, id, { action, rows: rows.map(({ row }) => row) })
  console.log(action === 'apply' ? `已采用 ${decided} 行。` : `不采用 ${decided} 行。`)
  for (const { row, message } of refused) console.log(`  第 ${row} 行没有办成:${message}`)
}
