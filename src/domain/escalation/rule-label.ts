import { KIND_LABELS, LEVEL_LABELS, type Level } from '../obligation/vocabulary.ts'

const LABELS: Record<string, string> = {
  'phase-work': '阶段工作',
  rectification: KIND_LABELS.rectification,
  'follow-up': KIND_LABELS['follow-up'],
  'monitoring-visit': KIND_LABELS['monitoring-visit'],
  'spot-check': KIND_LABELS['spot-check'],
  review: '复核',
  'hand-over': '移交确认',
}

/** What a rule is called in mails and on pages: `warning-yellow` is 黄色预警核查, its redo 黄色预警核查(重办). */
export function ruleLabel(rule: string): string {
  const [base = '', turn] = rule.split('/')
  const level = base.startsWith('warning-') ? LEVEL_LABELS[base.slice('warning-'.length) as Level] : undefined
  const label = level ? `${level}${KIND_LABELS.warning}` : (LABELS[base] ?? base)
  return turn === 'redo' ? `${label}(重办)` : label
}
