import { cameChanged } from './changed-words.ts'
import type { ImportOutcome, ImportSetting } from './import-outcome.ts'
import { lateWords, todayWords } from './late-words.ts'
import { leftOut } from './refused-words.ts'
import { remarked } from './remark-words.ts'
import { repeated } from './repeated-words.ts'
import { reopenedWords, takenBackWords } from './undo-words.ts'

/** What an import came to, for whoever ran the command. */
export function importWords(done: ImportOutcome, setting: ImportSetting): string {
  if (done.problem) return `${undoneWhat(done)}:${done.problem.message}`
  if (done.undone) return undoneWords(done, done.undone, setting)
  return [
    setting.asks || setting.brief ? shortSummary(done) : summary(done),
    ...(setting.brief
      ? []
      : [
          ...(setting.asks ? [] : [...lateWords(done), ...todayWords(done)]),
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
