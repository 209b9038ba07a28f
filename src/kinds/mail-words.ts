import type { Stage } from '../domain/obligation/vocabulary.ts'

/**
 * What a mail asks for at each stage: 入户核查并提交核查结论. The day stands beside it, so no sentence repeats it.
 * @param task what the performer does, e.g. 入户核查
 * @param handIn what they hand in, e.g. 提交核查结论
 */
export function mailWords(task: string, handIn: string): Record<Stage, string> {
  return {
    perform: `${task}并${handIn}`,
    review: '复核:通过或退回',
    redo: `按退回意见补正,重新${handIn}`,
    pause: '到期自动恢复,请核对是否提前恢复',
    extension: '批准或不批准延期',
    'hand-over': '接收或不接收移交',
  }
}
