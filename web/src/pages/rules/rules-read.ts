import type { Rule } from '../../../../src/domain/escalation/policy.ts'
import {
  limitWords,
  reminderWords,
  repeatWords,
  ruleTitle,
  rungWords,
} from '../../../../src/domain/escalation/rule-words.ts'

const NONE = '无'
const isRule = (rule: object): rule is Rule =>
  'code' in rule && 'stage' in rule && 'limit' in rule && 'ladder' in rule && 'reminders' in rule

/** The rules that somebody wrote; `redo`: how long what is sent back has, which is the same of all of them. */
export function rulesRead(rules: readonly object[]): { written: Rule[]; redo: Rule | null } {
  const all = rules.filter(isRule)
  return {
    written: all.filter(({ stage }) => stage === 'perform' || stage === 'review'),
    redo: all.find(({ stage }) => stage === 'redo') ?? null,
  }
}

/** Its name, with the category that it is for (R1). */
export const titleOf = (rule: Rule): string => ruleTitle(rule)

/** What a rule says, in the words of the server. */
export function wordsOf({ limit, reminders }: Rule): { limit: string; reminders: string } {
  return { limit: limitWords(limit), reminders: reminders.map(reminderWords).join('、') || NONE }
}

/** Who is told when it is late, step by step. */
export function rungsOf({ ladder, repeat }: Rule): string[] {
  const rungs = [...ladder.map((rung) => rungWords(rung)), ...(repeat ? [repeatWords(repeat)] : [])]
  return rungs.length > 0 ? rungs : [NONE]
}
