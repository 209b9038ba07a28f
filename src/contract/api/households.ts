import { z } from 'zod'
import { EXIT_REASON_LABELS, OUTCOME_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day } from './common.ts'
import { obligation, subject } from './obligations.ts'

const outcome = coded(OUTCOME_LABELS)

/** One household, followed across everything that is known of it. */
export const householdStory = z.object({
  subject: subject.nullable().describe('脱敏的;没有户或不能看户信息的为 null'),
  cover: z
    .object({ outcome, since: day, labels: z.record(z.string(), z.string()) })
    .nullable()
    .describe('最近一次核查认定的保障;没有的为 null'),
  monitored: z.boolean().describe('是否还在监测:有未办结的监测走访'),
  exits: z
    .array(
      z.object({
        obligation: z.string(),
        outcome,
        reason: coded(EXIT_REASON_LABELS).nullable(),
        decidedBy: z.string().nullable(),
        on: day,
        labels: z.record(z.string(), z.string()),
      }),
    )
    .describe('退出保障(应退尽退):原因和决定人'),
  items: z.array(obligation.extend({ followsFrom: z.string().nullable() })).describe('由早到晚'),
})

export const LIKENESS_LABELS = {
  idNo: '身份证号相同',
  phone: '联系电话相同',
  'name-and-village': '同村同名',
} as const

export const twinsRequest = z.strictObject({
  office: z.string().max(200),
  person: z.strictObject({
    name: z.string().trim().min(1).max(50),
    idNo: z.string().trim().max(18).default(''),
    phone: z.string().trim().max(30).default(''),
    village: z.string().trim().max(100).default(''),
  }),
})
export const twin = z.object({
  obligation,
  alike: z.array(coded(LIKENESS_LABELS)),
  labels: z.array(z.string()),
})
