import type { Rule } from '../../../../src/domain/escalation/policy.ts'
import {
  limitWords,
  reminderWords,
  repeatWords,
  rungWords,
} from '../../../../src/domain/escalation/rule-words.ts'

const NONE = '无'
const isRule = (rule: object): rule is Rule =>
  'code' in rule && 'stage' in rule && 'limit' in rule && 'ladder' in rule && 'reminders' in rule

/** The rules that somebody wrote, and after each what comes of it when it is sent back. */
export function rulesRead(rules: readonly object[]): Rule[] {
  const all = rules.filter(isRule)
  const redone = all.filter(({ stage }) => stage === 'redo')
  const written = all.filter(({ stage }) => stage === 'perform' || stage === 'review')
  return written.flatMap((rule) => [
    rule,
    ...redone.filter(({ label }) => label.startsWith(`${rule.label}(`)),
  ])
}

/** What a rule says, in the words of the server. */
export function wordsOf({ limit, reminders }: Rule): { limit: string; reminders: string } {
  return { limit: limitWords(limit), reminders: reminders.map(reminderWords).join('、') || NONE }
}

/** Who is told when it is late, step by step. */
export function rungsOf({ ladder, repeat }: Rule): string[] {
  const rungs = [...ladder.map((rung) => rungWords(rung)), ...(repeat ? [repeatWords(repeat)] : [])]
  return rungs.length > 0 ? rungs : [NONE]
}
