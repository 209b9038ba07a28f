import { ROW_RULES } from '../../ledgers/row-error.ts'

/** What the command needs of an import's body (contract/api/imports.ts). */
export type ImportOutcome = {
  id: string
  state: string
  silent: boolean
  rows: number
  accepted: number
  duplicates: number
  changed: number
  refused: number
  registered: number
  forecast: { alreadyLate: number } | null
  problem: { message: string } | null
  undone: { cancelled: number; forgotten?: number; kept: string[] } | null
  errors: { row: number; column: string; rule: string; message: string }[]
}

/** As many as fit a screen; the rest are in the list. */
const ERRORS_PRINTED = 10

/** What an import came to, for whoever ran the command. */
export function importWords(done: ImportOutcome): string {
  if (done.problem) return `${done.state === 'applied' ? '未撤回' : '未导入'}:${done.problem.message}`
  if (done.undone) return undoneWords(done.id, done.undone)
  const state = { applied: '已登记', validated: '检查完毕,尚未登记' }[done.state] ?? done.state
  return [
    `${state}。共 ${done.rows} 行:接收 ${done.accepted},重复 ${done.duplicates},内容有变 ${done.changed},拒绝 ${done.refused}。`,
    ...late(done),
    ...repeated(done),
    ...leftOut(done),
    ...(done.state === 'applied' && done.registered > 0
      ? [`导入编号 ${done.id};撤回:duban import --undo ${done.id}`]
      : []),
  ].join('\n')
}

/** Before rows are registered that are mostly late already, there is time to ask for no notices. */
function late({ state, silent, accepted, forecast }: ImportOutcome): string[] {
  const n = forecast?.alreadyLate ?? 0
  if (n === 0) return []
  const hint = '多半是历史数据:登记时加上 --silent,已逾期的就不发通知。'
  return [
    `其中 ${n} 件按签发日期已经逾期。${state === 'validated' && !silent && n * 2 > accepted ? hint : ''}`,
  ]
}

/** Which came before within the file and which stand in the ledger, where every one of them is listed (the API lists the first). */
function repeated({ duplicates, errors }: ImportOutcome): string[] {
  const listed = errors.filter((e) => e.rule === 'duplicate')
  if (listed.length < duplicates) return [`${duplicates} 行与文件中的其他行或已登记的相同,不重复登记。`]
  const inFile = listed.filter((e) => e.message === ROW_RULES.duplicate).length
  return [
    ...(inFile > 0 ? [`${inFile} 行与文件中前面的行相同,不重复登记。`] : []),
    ...(duplicates > inFile ? [`${duplicates - inFile} 行已登记,没有变化。`] : []),
  ]
}

function leftOut({ errors, refused, changed }: ImportOutcome): string[] {
  if (refused + changed === 0) return []
  const problems = errors.filter((e) => e.rule !== 'duplicate')
  const printed = problems.slice(0, ERRORS_PRINTED).map((e) => `  第 ${e.row} 行 ${e.column}:${e.message}`)
  const more = problems.length > ERRORS_PRINTED ? ['  ……(全部写成 CSV:加上 --errors 文件名)'] : []
  return ['没有登记的行:', ...printed, ...more]
}

/** What is gone, and what stays until when (ARCHITECTURE.md). */
function undoneWords(
  id: string,
  { cancelled, forgotten = 0, kept }: NonNullable<ImportOutcome['undone']>,
): string {
  const seen = cancelled - forgotten
  return [
    `已撤回导入 ${id}:取消 ${cancelled} 件${forgotten > 0 ? `,其中 ${forgotten} 件没有人调阅过明文,户的资料已一并删去` : ''}。`,
    ...(seen > 0 ? [`有人调阅过明文的 ${seen} 件,户的资料留到保存期满(duban retention),以便追查是谁。`] : []),
    ...(kept.length > 0 ? [`已有人处理的 ${kept.length} 件保留:${kept.join('、')}`] : []),
    ...(cancelled > 0 ? ['取消的事项和经过留在台账中备查。'] : []),
  ].join('\n')
}
