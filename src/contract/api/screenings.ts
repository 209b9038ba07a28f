import { z } from 'zod'
import { ENTRY_FINDING_LABELS, ENTRY_FOLLOW_LABELS } from '../../domain/obligation/screening-entry.ts'
import { coded, day, instant, officeRef, pageQuery } from './common.ts'
import { clockFields, subject } from './obligations.ts'

const person = z.strictObject({
  name: z.string().trim().min(1).max(50),
  idNo: z.string().trim().max(18).default(''),
  phone: z.string().trim().max(30).default(''),
  village: z.string().trim().max(100).default(''),
  detail: z.string().trim().max(2000).default(''),
})
const visit = {
  visitedOn: day.nullable().default(null).describe('走访日期;还没有走访的,三项都不填'),
  finding: coded(ENTRY_FINDING_LABELS).nullable().default(null),
  follow: coded(ENTRY_FOLLOW_LABELS).nullable().default(null),
  visitors: z.string().trim().max(200).default('').describe('谁去的'),
}
export const newEntry = z.strictObject({ person, ...visit })
export type NewEntry = z.infer<typeof newEntry>
const changedPerson = z.strictObject({
  name: z.string().trim().min(1).max(50).optional(),
  idNo: z.string().trim().max(18).optional(),
  phone: z.string().trim().max(30).optional(),
  village: z.string().trim().max(100).optional(),
  detail: z.string().trim().max(2000).optional(),
})
export const changedEntry = z.strictObject({
  person: changedPerson.optional().describe('不写的不改;写成空的就清空'),
  ...visit,
  visitors: z.string().trim().max(200).optional().describe('谁去的;不写的不改,写成空的就清空'),
})
export type ChangedEntry = z.infer<typeof changedEntry>

export const entryParams = z.object({
  id: z.string().max(100).describe('排查事项的编号'),
  entry: z.string().max(100).describe('逐户记录的编号'),
})
export const entryQuery = z.strictObject({
  finding: coded({ ...ENTRY_FINDING_LABELS, none: '还没有走访' } as const).optional(),
  ...pageQuery,
})
export const entry = z.object({
  id: z.string(),
  subject: subject.nullable().describe('已脱敏;没有权限的为 null'),
  visitedOn: day.nullable(),
  finding: coded(ENTRY_FINDING_LABELS).nullable(),
  follow: coded(ENTRY_FOLLOW_LABELS).nullable(),
  visitors: z.string().nullable().describe('谁去的;没有权限的为 null'),
  version: z.number().describe('修改时放进 If-Match'),
  createdAt: instant,
  labels: z.record(z.string(), z.string()),
})
export const entryRemoved = z.object({ id: z.string() })

export const matrixQuery = z.strictObject({
  campaign: z.string().max(100).optional().describe('行动的编号;不写是最近的一个'),
})
const count = z.number().nullable()
const cell = z.object({
  id: z.string(),
  ...clockFields,
  ...{ toScreen: count, screened: count, eligible: count, enrolled: count, monitored: count },
  byEntries: z.boolean().describe('户数出自逐户记录;false:只报了数,或还没有'),
  coverage: count.describe('已排查占应排查,0 到 1;还不知道应排查多少的为 null'),
})
export const matrix = z.object({
  campaignId: z.string().nullable().describe('还没有行动的为 null'),
  screenings: z.array(z.object({ code: z.string(), title: z.string() })).describe('模板中的各项排查,依次'),
  towns: z.array(
    z.object({ office: officeRef, cells: z.array(cell.nullable()).describe('与 screenings 依次对应') }),
  ),
  totals: z
    .array(z.object({ toScreen: z.number(), screened: z.number(), coverage: count }))
    .describe('各项合计'),
})
