import { z } from 'zod'
import { START_OF_STAGE, START_SERIES } from './moment-form.ts'
import type { Reminder } from './policy.ts'
import { CATEGORY_RULE, categoryFaults } from './category-faults.ts'
import { APPROVER_ROLES } from './postponement-rules.ts'
import { CHANGE_LABELS } from '../obligation/change-rules.ts'
import { WITHOUT_NUMBER_LABELS } from '../obligation/without-number.ts'
import { isPerforming } from '../obligation/turn-clocks.ts'
import {
  CAUSE_LABELS,
  codesOf,
  GROUP_LABELS,
  type Kind,
  type KindLabels,
  LEVEL_LABELS,
  OFFICE_KIND_LABELS,
  ROLE_LABELS,
  type Stage,
} from '../obligation/vocabulary.ts'

const days = z.number().int().min(1).max(366)
const roles = z.array(z.enum(codesOf(ROLE_LABELS))).min(1)

const reminderSchema = z.discriminatedUnion('when', [
  z.strictObject({ when: z.enum(START_SERIES), urgent: z.boolean().default(false) }),
  z.strictObject({ when: z.literal('accepted') }),
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

/** Whom a rung or a repeat tells, and who gets a copy. */
const rungPeople = {
  roles,
  whom: z.enum(['all', 'first']).optional(),
  cc: z
    .array(z.enum(['performer', ...codesOf(ROLE_LABELS)]))
    .min(1)
    .optional(),
}

const ladder = z
  .array(
    z.strictObject({
      afterWorkingDays: days,
      ...rungPeople,
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

const repeat = z.strictObject({ everyWorkingDays: days, ...rungPeople })

const approverRoles = z.array(z.enum(APPROVER_ROLES)).min(1)
/** Who decides, how often and how long at most, and who decides beyond that. */
const approving = {
  approvers: z
    .array(
      z.strictObject({
        levels: z
          .array(z.enum(codesOf(LEVEL_LABELS)))
          .min(1)
          .optional(),
        upTo: z.number().int().min(1).max(20).optional(),
        roles: approverRoles,
      }),
    )
    .min(1)
    .refine(
      (list) => list.some(({ levels, upTo }) => levels === undefined && upTo === undefined),
      '审批人要有一条不限等级、不限次数的,其余情形由它决定',
    ),
  most: z.strictObject({ times: z.number().int().min(1).max(20), workingDays: days }),
  beyond: approverRoles,
}
const remindersOf = (stage: Stage) =>
  reminders.refine((list) => list.every((r) => fitsStage(r, stage)), WRONG_START)

/** How long an answer may take, and who is told when there is none. */
const answerOf = (stage: Stage) =>
  z.strictObject({
    ...{ workingDays: days, reminders: remindersOf(stage), ladder },
    repeat: repeat.optional(),
  })

/** A blank would break the digest line it stands in. */
const label = z
  .string()
  .max(30)
  .regex(/^[^\s\p{Cc}]+$/u, '规则名称不能为空,不能有空格')
  .regex(/\p{Script=Han}/u, '规则名称要用中文')

const WRONG_START =
  '每个环节只用自己的开始节点:承办 assigned、复核 submitted、重办 returned、暂停 paused、延期申请 requested、移交 offered;只有承办和重办有 accepted'

const ruleSchema = (kinds: readonly Kind[]) =>
  z
    .strictObject({
      code: z.string(),
      label,
      kinds: z.array(z.enum(kinds)).min(1),
      level: z.enum(codesOf(LEVEL_LABELS)).optional(),
      groups: z
        .array(z.enum(codesOf(GROUP_LABELS)))
        .min(1)
        .optional(),
      causes: z
        .array(z.enum(codesOf(CAUSE_LABELS)))
        .min(1)
        .optional(),
      stage: z.enum(['perform', 'review', 'redo'] satisfies Stage[]),
      limit: z.union([z.strictObject({ workingDays: days }), z.strictObject({ fixedDay: z.literal(true) })]),
      reminders,
      ladder,
      repeat: repeat.optional(),
      watch: z.enum(['shared', 'individual']),
    })
    .refine(({ stage, reminders }) => reminders.every((r) => fitsStage(r, stage)), WRONG_START)

/** Each stage begins by a moment of its own, and a review is nobody's to be told that it was passed. */
function fitsStage({ when }: Reminder, stage: Stage): boolean {
  if (when === 'accepted') return isPerforming(stage)
  return !Object.values(START_OF_STAGE).some((start) => start === when) || when === START_OF_STAGE[stage]
}

/** The code of the redo rule that comes of a perform rule. */
export function redoCode(code: string): string {
  return `${code}/redo`
}

/** The codes in the file and those of the redo rules that come of it. */
function codesWithRedo(rules: readonly { code: string; stage: string }[]): string[] {
  const performing = rules.filter((r) => r.stage === 'perform')
  return [...rules, ...performing.map((r) => ({ code: redoCode(r.code) }))].map((r) => r.code)
}

/** @param kinds those a rule may name, with their words */
export const policySchema = (kinds: KindLabels) =>
  z.strictObject({
    name: z.string(),
    example: z.boolean(),
    rules: z
      .array(ruleSchema(codesOf(kinds)))
      .min(1)
      .refine(
        (rules) => new Set(codesWithRedo(rules)).size === codesWithRedo(rules).length,
        '规则代码不能重复',
      )
      .check(
        z.core._check((found) => {
          for (const { at, field, message } of categoryFaults(found.value, kinds))
            found.issues.push({ code: 'custom', path: [at, field], message, input: found.value })
        }, CATEGORY_RULE),
      ),
    redo: z.strictObject({
      fixedDayWorkingDays: days,
      reminders: reminders.refine((list) => list.every((r) => fitsStage(r, 'redo')), WRONG_START),
    }),
    standing: z.strictObject({ roles }).optional(),
    deferral: z
      .strictObject({
        urgentOfficeMinutes: z.number().int().min(5).max(2400),
        rounds: z.number().int().min(1).max(20),
      })
      .optional(),
    changes: z.partialRecord(z.enum(codesOf(CHANGE_LABELS)), z.enum(['apply', 'ask'])).optional(),
    households: z.strictObject({ withoutNumber: z.enum(codesOf(WITHOUT_NUMBER_LABELS)) }).optional(),
    monitoring: z.strictObject({ everyDays: days }).optional(),
    suspension: z.strictObject({ ...approving, reminders: remindersOf('pause') }).optional(),
    extension: z
      .strictObject({
        ...approving,
        answer: answerOf('extension'),
      })
      .optional(),
    handOver: z.strictObject({ answer: answerOf('hand-over') }).optional(),
    standingCheck: z.strictObject({ roles }).optional(),
    override: z.strictObject({ roles }).optional(),
  })
