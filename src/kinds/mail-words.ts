import type { Stage } from '../domain/obligation/vocabulary.ts'
import type { StageWords } from './kind.ts'

/**
 * What a mail asks for at each stage: 请在 6月10日 24:00 前入户核查并提交核查结论。
 * @param task what the performer does, e.g. 入户核查
 * @param handIn what they hand in, e.g. 提交核查结论
 */
export function mailWords(task: string, handIn: string): Record<Stage, StageWords> {
  return {
    perform: {
      assigned: (due) => `请签收并组织${task},${due} 24:00 前${handIn}。`,
      before: (due) => `请在 ${due} 24:00 前${task}并${handIn}。`,
      late: `已经逾期,请立即${task}并${handIn}。`,
    },
    review: {
      assigned: (due) => `请在 ${due} 24:00 前复核:通过或退回。`,
      before: (due) => `请在 ${due} 24:00 前复核:通过或退回。`,
      late: '复核已经逾期,请立即通过或退回。',
    },
    redo: {
      assigned: (due) => `已退回重办,请在 ${due} 24:00 前补正并重新${handIn}。`,
      before: (due) => `已退回重办,请在 ${due} 24:00 前补正并重新${handIn}。`,
      late: `退回重办的已经逾期,请立即补正并重新${handIn}。`,
    },
  }
}
