import { parse } from 'yaml'
import type { z } from 'zod'
import type { KindLabels } from '../obligation/vocabulary.ts'
import { redoLabel } from './deadline-label.ts'
import { policySchema, redoCode } from './policy-schema.ts'
import type { Rule, PolicyContent } from './policy.ts'
import { postponementRules } from './postponement-rules.ts'

/**
 * Reads a policy file; every perform rule gets its redo.
 * @param kinds those a rule may name, with their words
 * @throws z.ZodError naming every field that does not fit
 */
export function parsePolicy(text: string, kinds: KindLabels): PolicyContent {
  return policyOf(policySchema(kinds).parse(parse(text)))
}

/** A policy from what its file says, with the rules that come of it: of a redo, a pause, a request for more time, an offer. */
export function policyOf(file: z.output<ReturnType<typeof policySchema>>): PolicyContent {
  const {
    name,
    example,
    rules,
    redo,
    standing = null,
    deferral = null,
    changes = {},
    households = {},
    monitoring = null,
    suspension = null,
    extension = null,
    handOver = null,
    standingCheck = null,
    override = null,
  } = file
  const redoOf = (rule: Rule): Rule => ({
    ...rule,
    code: redoCode(rule.code),
    label: redoLabel(rule.label),
    stage: 'redo',
    limit: { halfOfOriginal: true, fixedDayWorkingDays: redo.fixedDayWorkingDays },
    reminders: redo.reminders,
  })
  const redone = rules.filter((r) => r.stage === 'perform').map(redoOf)
  return {
    name,
    example,
    rules: [...rules, ...redone, ...postponementRules({ suspension, extension, handOver })],
    standing,
    deferral,
    changes: { ...changes, ...households },
    monitoring,
    suspension,
    extension,
    handOver,
    standingCheck,
    override,
  }
}
