import { isByCategory, type Policy } from '../../domain/escalation/policy.ts'
import { LEVEL_LABELS, type Level } from '../../domain/obligation/vocabulary.ts'

/** The working days in which a county's policy has each level checked, whatever the category; none where it has no rule. Whoever explains a strange word has to know. */
export function levelLimits({ rules }: Pick<Policy, 'rules'>): Record<string, { workingDays: number }> {
  const ofWarnings = rules.filter(
    (rule) => rule.stage === 'perform' && rule.kinds.includes('warning') && !isByCategory(rule),
  )
  const limitOf = (level: Level) =>
    (ofWarnings.find((rule) => rule.level === level) ?? ofWarnings.find((rule) => rule.level === undefined))
      ?.limit
  return Object.fromEntries(
    (Object.keys(LEVEL_LABELS) as Level[]).flatMap((level) => {
      const limit = limitOf(level)
      return limit && 'workingDays' in limit ? [[level, { workingDays: limit.workingDays }]] : []
    }),
  )
}
