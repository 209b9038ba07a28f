import { type Instant } from '../time/days.ts'
import type { Refusal } from './lifecycle.ts'
import { undoableUntil } from './undo.ts'

/** What becomes of many that are acted on at once. `stopped`: somebody stopped it, or it could not go on. */
export const BULK_RUN_STATE_LABELS = {
  running: '办理中',
  done: '已办完',
  stopped: '已停止',
  undoing: '撤回中',
  undone: '已撤回',
} as const
export type BulkRunState = keyof typeof BULK_RUN_STATE_LABELS

/** What became of one of them. `skipped`: somebody else changed it meanwhile; `kept`: it could not be taken back. */
export const BULK_ITEM_STATE_LABELS = {
  left: '还没轮到',
  done: '已办成',
  refused: '没有办成',
  skipped: '有变动,没有改动它',
  undone: '已撤回',
  kept: '没能撤回',
} as const
export type BulkItemState = keyof typeof BULK_ITEM_STATE_LABELS

/** So many are answered in the request itself; more of them go on by themselves. */
export const ANSWERED_AT_ONCE = 200
/** The most that are acted on at once: about two minutes' work. */
export const MOST_AT_ONCE = 10_000

export function isAtWork(state: BulkRunState): boolean {
  return state === 'running' || state === 'undoing'
}

/** Why all of it cannot be taken back; null where it can. Single ones may still be refused. A taking back that gave up is asked for again. */
export function undoRunRefusal(
  run: { state: BulkRunState; endedAt: Instant | null; done: number },
  now: Instant,
): Refusal | null {
  if (run.state === 'undoing' || (run.state === 'undone' && run.done === 0))
    return {
      refused: `not-while-${run.state}`,
      message: `这一批${BULK_RUN_STATE_LABELS[run.state]},不必再撤回。`,
    }
  if (run.endedAt === null)
    return { refused: 'not-while-running', message: '这一批还在办理,请先停止,或等它办完再撤回。' }
  if (run.done === 0) return { refused: 'nothing-to-undo', message: '这一批没有办成的事项,没有可以撤回的。' }
  if (now > undoableUntil(run.endedAt))
    return { refused: 'undo-too-late', message: '办完已超过 10 分钟,不能整批撤回;请用相应的操作逐件更正。' }
  return null
}

/** Why a run ended before its end. What was asked for again since, and went well, has none. */
export function problemOf(run: { state: BulkRunState; done: number; problem: string | null }): string | null {
  const isCut = run.state === 'stopped' || (run.state === 'undone' && run.done > 0)
  return isCut ? run.problem : null
}
