import type { Policy } from '../../domain/escalation/policy.ts'
import { LEVEL_LABELS, type Level } from '../../domain/obligation/vocabulary.ts'

/** What the county's policy gives each level: 3 个工作日内核查. Whoever explains a strange word has to know. */
export function levelLimits({ rules }: Pick<Policy, 'rules'>): Record<string, { about: string }> {
  const ofWarnings = rules.filter(({ stage, kinds }) => stage === 'perform' && kinds.includes('warning'))
  const limitOf = (level: Level) =>
    (ofWarnings.find((rule) => rule.level === level) ?? ofWarnings.find((rule) => rule.level === undefined))
      ?.limit
  return Object.fromEntries(
    (Object.keys(LEVEL_LABELS) as Level[]).flatMap((level) => {
      const limit = limitOf(level)
      return limit && 'workingDays' in limit
        ? [[level, { about: `${limit.workingDays} 个工作日内核查` }]]
        : []
    }),
  )
}
