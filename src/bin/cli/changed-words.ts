import { changeCountWords } from './change-counts.ts'
import { changeLine } from './import-changes.ts'
import type { ImportOutcome, ImportSetting } from './import-outcome.ts'
import { isInLedger } from './refused-words.ts'
import type { ShownChange } from './shown-change.ts'

/** As many rows as are read before a question. */
const ROWS_PRINTED = 10

/**
 * What came again with other content, and how to look at it. Whoever is asked next sees the rows and no commands: the answer does what
 * they do.
 */
export function cameChanged(
  done: ImportOutcome,
  { command, changes, changed = [], asks = false, brief = false }: ImportSetting,
): string[] {
  const { id, state, errorGroups, kind } = done
  const all = errorGroups.filter(isInLedger).reduce((sum, group) => sum + group.rows, 0)
  if (all === 0 || kind === 'withdrawals') return []
  const registered = state === 'applied'
  const counts = changes === undefined ? '' : `:${changeCountWords(changes, registered)}`
  const title = `${all} 行的预警编号已有而内容不同${counts}。`
  const rows = brief ? [] : changedRows(changed, command(`import --changes ${id}`))
  if (asks || brief) return [title, ...rows]
  const open = changes === undefined ? all : changes.asked + changes.automatic + changes.closed
  return [
    `${title}逐项对照:${command(`import --changes ${id}`)}`,
    ...rows,
    ...(open > 0
      ? [
          `  采用:${command(`import --apply-changes ${id}`)};不采用:${command(`import --dismiss-changes ${id}`)}(只办几行的加 --rows 3,5)。${registered ? '' : '采用的马上写入台账,不等登记。'}`,
        ]
      : []),
  ]
}

/** Those that are still to be written first, each in a line. */
function changedRows(changed: readonly ShownChange[], list: string): string[] {
  const open = changed.filter(({ state }) => state === 'open')
  const more = open.length > ROWS_PRINTED ? [`  ……其余 ${open.length - ROWS_PRINTED} 行:${list}`] : []
  return [...open.slice(0, ROWS_PRINTED).map((change) => `  ${changeLine(change)}`), ...more]
}
