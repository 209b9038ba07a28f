import { parse } from 'yaml'
import { z } from 'zod'
import type { Policy, Rule } from './policy.ts'
import {
  codesOf,
  type Kind,
  LEVEL_LABELS,
  OFFICE_KIND_LABELS,
  ROLE_LABELS,
  STAGE_LABELS,
} from '../obligation/vocabulary.ts'

const days = z.number().int().min(1).max(366)
const roles = z.array(z.enum(codesOf(ROLE_LABELS))).min(1)

const reminderSchema = z.discriminatedUnion('when', [
  z.strictObject({ when: z.literal('assigned'), urgent: z.boolean() }),
  z.strictObject({ when: z.literal('before'), workingDays: days }),
  z.strictObject({
    when: z.literal('due-day'),
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '写成 HH:MM,例如 14:30')
      .optional(),
  }),
])

/** Two alike would be one moment under one name. */
const reminders = z
  .array(reminderSchema)
  .refine(
    (list) => new Set(list.map((r) => JSON.stringify({ ...r, urgent: undefined }))).size === list.length,
    '提醒节点不能重复',
  )

const ladder = z
  .array(
    z.strictObject({
      afterWorkingDays: days,
      roles,
      onlyFor: z
        .array(z.enum(codesOf(OFFICE_KIND_LABELS)))
        .min(1)
        .optional(),
    }),
  )
  .refine(
    (rungs) => rungs.every((r, i) => r.afterWorkingDays >= (rungs[i - 1]?.afterWorkingDays ?? 0)),
    '督办层级须按逾期天数由少到多排列',
  )

const ruleSchema = (kinds: readonly Kind[]) =>
  z.strictObject({
    code: z.string(),
    kinds: z.array(z.enum(kinds)).min(1),
    level: z.enum(codesOf(LEVEL_LABELS)).optional(),
    turn: z.enum(codesOf(STAGE_LABELS)),
    limit: z.union([z.strictObject({ workingDays: days }), z.strictObject({ fixedDay: z.literal(true) })]),
    reminders,
    ladder,
    repeat: z.strictObject({ everyWorkingDays: days, roles }).optional(),
    watch: z.enum(['shared', 'individual']),
  })

/** @param kinds those a rule may name */
export const policySchema = (kinds: readonly Kind[]) =>
  z.strictObject({
    name: z.string(),
    example: z.boolean(),
    rules: z
      .array(ruleSchema(kinds))
      .min(1)
      .refine((rules) => new Set(rules.map((r) => r.code)).size === rules.length, '规则代码不能重复'),
    redo: z.strictObject({ fixedDayWorkingDays: days, reminders }),
  })

/**
 * Reads a policy file; every perform rule gets its redo.
 * @param kinds those a rule may name
 * @throws z.ZodError naming every field that does not fit
 */
export function parsePolicy(text: string, kinds: readonly Kind[]): Omit<Policy, 'id' | 'version'> {
  const { name, example, rules, redo } = policySchema(kinds).parse(parse(text))
  const redoOf = (rule: Rule): Rule => ({
    ...rule,
    code: `${rule.code}/redo`,
    turn: 'redo',
    limit: { halfOfOriginal: true, fixedDayWorkingDays: redo.fixedDayWorkingDays },
    reminders: redo.reminders,
  })
  return { name, example, rules: [...rules, ...rules.filter((r) => r.turn === 'perform').map(redoOf)] }
}
