import { CONTACT_MEANS_LABELS, HAND_OVER_STATE_LABELS } from '../../../src/domain/obligation/request-words.ts'

const means: Record<keyof typeof CONTACT_MEANS_LABELS, string> = CONTACT_MEANS_LABELS
const states: Record<keyof typeof HAND_OVER_STATE_LABELS, string> = HAND_OVER_STATE_LABELS

/** What went from one office to another, in Chinese; hand-overs.en.ts has the same keys. */
export const handOverWords = {
  handOverState: states,
  means,
  contact: {
    told: '{day} {means}告知 {name}',
    promised: '答应 {day} 前办完',
    kept: '已办',
    broken: '没有办',
    waits: '还没到',
  },
  handOver: {
    title: '移交',
    empty: '没有移出或移入的事项。',
    item: '事项',
    from: '移出单位',
    to: '移给',
    state: '答复',
    offered: '提出',
    answered: '答复时间',
    held: '移出单位占用(工作日)',
    more: '再看一些',
    count: '已列出 {count} 件',
    ledger: '移交',
    line: '{day} {from} → {to}',
    dueOn: '限时改为 {day}',
    heldDays: '{from}占用 {days} 个工作日',
    said: '{from} → {to}',
    stands: '状态',
    due: '限时',
    all: {
      title: '一个单位的工作整体移交',
      rule: '乡镇合并或换了代码时用。先试算,看过再办理;一次全部办成,起算日和限时不变。',
      choose: '请选择',
      tryOut: '试算',
      nothing: '{from}没有未办结的事项。',
      found:
        '{from} → {to}:未办结 {count} 件,其中逾期 {late} 件、暂停 {paused} 件;{offers} 件待答复的移交随之失效。',
      items: '会移交的前 {count} 件',
      apply: '移交这 {count} 件',
      done: '{count} 件已由{from}移交{to}。',
    },
  },
}
