import { SUSPENSION_REASON_LABELS } from '../../../src/domain/obligation/request-words.ts'

/** The words of a table, free to be written in another language. */
const words = <K extends string>(labels: Record<K, string>): Record<K, string> => labels

/** Pauses and extensions in Chinese; postponements.en.ts has the same keys. */
export const postponementWords = {
  suspensionReason: words(SUSPENSION_REASON_LABELS),
  postponed: {
    pauses: '暂停',
    extensions: '延期',
    suspended: '暂停中',
    suspendedUntil: '{reason},{approver}批准,最晚到 {day} 24:00 自动恢复',
    pending: '申请延期',
    pendingFor: '{days} 个工作日,待{office}答复;答复以前先照申请计算',
    paused: '{from} 24:00 至 {until} 24:00,停止计时 {days} 个工作日:{reason}',
    stillPaused: '{from} 24:00 起,最晚至 {until} 24:00:{reason}',
    asked: '{day} {name}申请 {days} 个工作日',
    onLastDay: '最后一天才申请',
    granted: '批准 {days} 个工作日',
    waited: '等候答复 {days} 个工作日不计',
    by: '批准:{name}',
    resumedBy: '提前恢复:{name}',
    said: { until: '最晚暂停到 {day}', days: '{days} 个工作日' },
  },
}
