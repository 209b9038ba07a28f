import type { Sql } from '../../db/pool.ts'
import { changesAmong, type ImportChange } from '../../services/imports/changes-store.ts'

/** As many as an answer names. */
const MOST = 200

const WORDS: Record<ImportChange['state'], string> = {
  open: '事项已经结束。请先重启该事项,再确认这项更正。',
  confirmed: '已经确认,正在写入。',
  applied: '已经更新过了。',
  dismissed: '此前已决定不采用。',
}

/** Why rows that were asked for were not decided about; of `all`, only those that are still open. */
export async function undecidedRows(
  tx: Sql,
  importId: string,
  wanted: readonly number[] | 'all',
  decided: readonly number[],
): Promise<{ row: number; message: string }[]> {
  const done = new Set(decided)
  const stateOf = new Map((await changesAmong(tx, importId, wanted, MOST)).map((c) => [c.row, c.state]))
  const rows = wanted === 'all' ? [...stateOf.keys()] : [...new Set(wanted)]
  return rows
    .filter((row) => !done.has(row))
    .slice(0, MOST)
    .map((row) => {
      const state = stateOf.get(row)
      return { row, message: state ? WORDS[state] : '这一行没有内容有变的预警。' }
    })
}
