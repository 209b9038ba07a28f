import { isRaised } from '../obligation/changes.ts'
import type { Stage } from '../obligation/vocabulary.ts'
import { isByCategory, type Policy, type Rule, ruleFor, type RuleSubject } from './policy.ts'

/** What decides how urgent work is. */
type Classed = Omit<RuleSubject, 'stage'>
type Rules = Pick<Policy, 'rules'>

/** Whether a correction puts work under a rule that gives it less time: a raised level, or a category with fewer working days (R1). */
export function isMoreUrgent(policy: Rules, before: Classed, after: Classed): boolean {
  return isRaised(before.level, after.level) || isTightened(policy, before, after)
}

/** Whether another cause or key group puts work under another rule of a stage. */
export function isReclassed(policy: Rules, before: Classed, after: Classed, stage: Stage): boolean {
  if (before.cause === after.cause && before.group === after.group) return false
  if (!policy.rules.some(isByCategory)) return false
  return differByCategory(ruleFor(policy, { ...before, stage }), ruleFor(policy, { ...after, stage }))
}

/** Whether two rules are different ones, and one of them is for some category alone. */
export function differByCategory(one: Rule, other: Rule): boolean {
  return one.code !== other.code && (isByCategory(one) || isByCategory(other))
}

function isTightened(policy: Rules, before: Classed, after: Classed): boolean {
  if (!isReclassed(policy, before, after, 'perform')) return false
  const [was, is] = [before, after].map((of) => ruleFor(policy, { ...of, stage: 'perform' }).limit)
  return 'workingDays' in was! && 'workingDays' in is! && is.workingDays < was.workingDays
}
