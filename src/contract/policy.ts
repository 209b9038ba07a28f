import { parse } from 'yaml'
import { z } from 'zod'
import type { Policy, Rule } from '../domain/policy.ts'
import {
  codesOf,
  KIND_LABELS,
  LEVEL_LABELS,
  OFFICE_KIND_LABELS,
  ROLE_LABELS,
  TURN_LABELS,
} from '../domain/words.ts'

const days = z.number().int().min(1).max(366)
const roles = z.array(z.enum(codesOf(ROLE_LABELS))).min(1)

const reminderSchema = z.discriminatedUnion('when', [
  z.object({ when: z.literal('assigned'), urgent: z.boolean() }),
  z.object({ when: z.literal('before'), workingDays: days }),
  z.object({
    when: z.literal('due-day'),
    time: z
      .string()
      .regex(/^\d{2}:\d{2}$/)
      .optional(),
  }),
])

const ruleSchema = z.object({
  code: z.string(),
  kinds: z.array(z.enum(codesOf(KIND_LABELS))).min(1),
  level: z.enum(codesOf(LEVEL_LABELS)).optional(),
  turn: z.enum(codesOf(TURN_LABELS)),
  limit: z.union([z.object({ workingDays: days }), z.object({ fixedDay: z.literal(true) })]),
  reminders: z.array(reminderSchema),
  ladder: z.array(
    z.object({
      afterWorkingDays: days,
      roles,
      onlyFor: z.array(z.enum(codesOf(OFFICE_KIND_LABELS))).optional(),
    }),
  ),
  repeat: z.object({ everyWorkingDays: days, roles }).optional(),
  watch: z.enum(['shared', 'individual']),
})

export const policySchema = z.object({
  name: z.string(),
  example: z.boolean(),
  rules: z.array(ruleSchema),
  redo: z.object({ fixedDayWorkingDays: days, reminders: z.array(reminderSchema) }),
})

/** Reads a policy file; every perform rule gets its redo. @throws z.ZodError naming every field that does not fit */
export function parsePolicy(text: string): Omit<Policy, 'id' | 'version'> {
  const { name, example, rules, redo } = policySchema.parse(parse(text))
  const redoOf = (rule: Rule): Rule => ({
    ...rule,
    code: `${rule.code}/redo`,
    turn: 'redo',
    limit: { halfOfOriginal: true, fixedDayWorkingDays: redo.fixedDayWorkingDays },
    reminders: redo.reminders,
  })
  return { name, example, rules: [...rules, ...rules.filter((r) => r.turn === 'perform').map(redoOf)] }
}
