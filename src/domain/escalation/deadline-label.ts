import { type Level, LEVEL_LABELS, STAGE_LABELS } from '../obligation/vocabulary.ts'
import type { Rule } from './policy.ts'
import { ruleTitle, withCategory } from './rule-words.ts'

/**
 * What a deadline is called in mails and on pages. A rule of one kind lends its label. A rule of several kinds would call
 * unlike work by one word, so there the kind speaks, with its level and stage: 数据比对, 黄色预警核查(复核). A rule for one category says
 * which.
 */
export function deadlineLabel(rule: Rule, of: { kindLabel: string; level: Level | null }): string {
  if (rule.kinds.length === 1) return ruleTitle(rule)
  const label = `${of.level === null ? '' : LEVEL_LABELS[of.level]}${of.kindLabel}`
  return withCategory(rule.stage === 'perform' ? label : staged(label, rule.stage), rule)
}

/** The label of the redo rule that comes of a perform rule: 黄色预警核查(重办). */
export function redoLabel(label: string): string {
  return staged(label, 'redo')
}

function staged(label: string, stage: Exclude<Rule['stage'], 'perform'>): string {
  return `${label}(${STAGE_LABELS[stage]})`
}
