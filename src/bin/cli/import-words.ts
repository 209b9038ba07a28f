import { isDismissed } from '../../services/imports/change-words.ts'
import { REMARK } from '../../ledgers/remark.ts'
import { isRepeatedInFile } from '../../ledgers/row-error.ts'
import { changeCountWords } from './change-counts.ts'
import type { ImportOutcome, ImportSetting } from './import-outcome.ts'
import { lateWords } from './late-words.ts'
import { isInLedger, leftOut } from './refused-words.ts'
import { reopenedWords, takenBackWords } from './undo-words.ts'

const REMARKS_PRINTED = 5

/** What an import came to, for whoever ran the command. */
export function importWords(done: ImportOutcome, setting: ImportSetting): string {
  if (done.problem) return `${undoneWhat(done)}:${done.problem.message}`
  if (done.undone) return undoneWords(done, done.undone, setting)
  return [
    setting.asks || setting.brief ? shortSummary(done) : summary(done),
    ...(setting.brief
      ? []
      : [
          ...(setting.asks ? [] : lateWords(done)),
          ...remarked(done, setting),
          ...repeated(done),
          ...leftOut(done, setting),
        ]),
    ...cameChanged(done, setting),
    ...(!setting.again && done.state === 'applied' && done.registered + done.changed > 0
      ? [`导入编号 ${done.id};撤回:${setting.command(`import --undo ${done.id}`)}`]
      : []),
  ].join('\n')
}

function summary(done: ImportOutcome): string {
  const { kind, rows, accepted, duplicates, changed, refused, registered } = done
  if (kind === 'withdrawals') {
    const [state, counted] =
      done.state === 'applied' ? ['已按平台的撤回办理', '撤销'] : ['检查完毕,还没有撤销', '建议撤销']
    return `${state}。共 ${rows} 行:${counted} ${accepted},重复 ${duplicates},不能撤销 ${refused}。`
  }
  const applied = registered > 0 ? '已登记' : '办理完毕,没有新登记的行'
  const state = { applied, validated: '检查完毕,尚未登记' }[done.state] ?? done.state
  return `${state}。共 ${rows} 行:接收 ${accepted},重复 ${duplicates},内容有变 ${changed},拒绝 ${refused}。`
}

/** The counts that are not nothing. */
function shortSummary(done: ImportOutcome): string {
  const { state, rows, accepted, duplicates, changed, refused, registered } = done
  if (state === 'applied') return registered > 0 ? `已登记 ${registered} 行。` : '办理完毕,没有新登记的行。'
  const counts = { 可以登记: accepted, 重复: duplicates, 内容有变: changed, 不能登记: refused }
  const told = Object.entries(counts).flatMap(([what, n]) => (n > 0 ? [`${what} ${n}`] : []))
  return `${rows} 行:${told.length > 0 ? told.join(',') : '没有可登记的行'}。`
}

/** What the problem of an import kept from being done. */
function undoneWhat({ state, problem }: ImportOutcome): string {
  if (problem?.code === 'changes-failed') return '未更新'
  return state === 'applied' ? '未撤回' : '未导入'
}

/** They are registered; what they are about stands with each obligation as 导入备注. */
function remarked({ remarked, errors }: ImportOutcome, { asks, again }: ImportSetting): string[] {
  if (remarked === 0) return []
  const listed = errors.filter((e) => e.rule === REMARK).slice(0, REMARKS_PRINTED)
  const more = listed.length < remarked ? ['  ……'] : []
  return [
    asks
      ? `带备注登记 ${remarked} 行${again ? '' : '(核查时看事项页的“导入备注”)'}:`
      : `接收的行里,${remarked} 行带备注登记,核查时请留意(事项页的“导入备注”):`,
    ...listed.map((e) => `  第 ${e.row} 行 ${e.column}:${e.message}`),
    ...(listed.length > 0 ? more : []),
  ]
}

/** Which came before within the file and which stand in the ledger, where every one of them is listed (the API lists the first). */
function repeated({ kind, duplicates, errors }: ImportOutcome): string[] {
  const listed = errors.filter((e) => e.rule === 'duplicate')
  if (listed.length < duplicates) return [`${duplicates} 行与文件中的其他行或已登记的相同,不重复登记。`]
  const inFile = listed.filter(isRepeatedInFile).length
  const dismissed = listed.filter(isDismissed).length
  const known = duplicates - inFile - dismissed
  const repeats = kind === 'withdrawals' ? '的编号相同,只算一次。' : '相同,不重复登记。'
  return [
    ...(inFile > 0 ? [`${inFile} 行与文件中前面的行${repeats}`] : []),
    ...(known > 0 ? [`${known} 行已登记,没有变化。`] : []),
    ...(dismissed > 0 ? [`${dismissed} 行内容不同,先前已决定不采用,没有再提出。`] : []),
  ]
}

/** What came again with other content, and how to look at it. */
function cameChanged(done: ImportOutcome, { command, changes }: ImportSetting): string[] {
  const { id, state, errorGroups, kind } = done
  const changed = errorGroups.filter(isInLedger).reduce((sum, group) => sum + group.rows, 0)
  if (changed === 0 || kind === 'withdrawals') return []
  const registered = state === 'applied'
  const counts = changes === undefined ? '' : `:${changeCountWords(changes, registered)}`
  const at = `逐项对照:${command(`import --changes ${id}`)}`
  const open = changes === undefined ? changed : changes.asked + changes.automatic + changes.closed
  return [
    `${changed} 行的预警编号已有而内容不同${counts}。${at}`,
    ...(open > 0
      ? [
          `  采用:${command(`import --apply-changes ${id}`)};不采用:${command(`import --dismiss-changes ${id}`)}(只办几行的加 --rows 3,5)。${registered ? '' : '采用的马上写入台账,不等登记。'}`,
        ]
      : []),
  ]
}

/** What is gone, and what stays until when (ARCHITECTURE.md). */
function undoneWords(
  { id, changed, kind }: ImportOutcome,
  undone: NonNullable<ImportOutcome['undone']>,
  { command }: ImportSetting,
): string {
  const { cancelled, forgotten = 0, kept } = undone
  const seen = cancelled - forgotten
  if (kind === 'withdrawals') return [`已撤回导入 ${id}。`, ...reopenedWords(undone)].join('\n')
  return [
    `已撤回导入 ${id}:取消 ${cancelled} 件${forgotten > 0 ? `,其中 ${forgotten} 件没有人调阅过明文,户的资料已一并删去` : ''}。`,
    ...(seen > 0
      ? [`有人调阅过明文的 ${seen} 件,户的资料留到保存期满(${command('retention')}),以便追查是谁。`]
      : []),
    ...(kept.length > 0 ? [`已有人处理的 ${kept.length} 件保留:${kept.join('、')}`] : []),
    ...(cancelled > 0 ? ['取消的事项和经过留在台账中备查。'] : []),
    ...takenBackWords(undone, changed),
    ...reopenedWords(undone),
    ...(cancelled > 0 ? [`要重新登记的,请再导入原来的文件:${command('import 文件')}`] : []),
  ].join('\n')
}
