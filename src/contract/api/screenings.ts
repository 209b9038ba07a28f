import { z } from 'zod'
import { ENTRY_FINDING_LABELS, ENTRY_FOLLOW_LABELS } from '../../domain/obligation/screening-entry.ts'
import { coded, day, instant, officeRef, pageQuery } from './common.ts'
import { clockFields, subject } from './obligations.ts'
import { changedPerson, writtenPerson as person } from './written-person.ts'
import { fileFault, listQuery } from './list-file.ts'

const visit = {
  visitedOn: day.nullable().default(null).describe('走访日期;还没有走访的,三项都不填'),
  finding: coded(ENTRY_FINDING_LABELS).nullable().default(null),
  follow: coded(ENTRY_FOLLOW_LABELS).nullable().default(null),
  visitors: z.string().trim().max(200).default('').describe('谁去的'),
}
export const newEntry = z.strictObject({ person, ...visit })
export type NewEntry = z.infer<typeof newEntry>
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
  subject: subject.nullable().describe('已遮盖;没有权限的为 null'),
  visitedOn: day.nullable(),
  finding: coded(ENTRY_FINDING_LABELS).nullable(),
  follow: coded(ENTRY_FOLLOW_LABELS).nullable(),
  visitors: z.string().nullable().describe('谁去的;没有权限的为 null'),
  version: z.number().describe('修改时放进 If-Match'),
  createdAt: instant,
  roster: z.string().nullable().describe('是名册上的哪一户;不在名册上的为 null'),
  labels: z.record(z.string(), z.string()),
})
export const entriesCarried = z.object({
  added: z.number().describe('从名册带入几户'),
  known: z.number().describe('名册上应到户的,已有记录的几户'),
})
export const entryFileQuery = z.strictObject(listQuery)
export const entryFile = z.object({
  read: z.number().describe('读到的行数'),
  good: z.number().describe('没有问题的行数'),
  bad: z.number().describe('有问题的行数'),
  added: z.number().describe('新记录的户'),
  changed: z.number().describe('已有记录、按文件更新的户'),
  replaced: z.number().describe('其中已经记过走访、会被文件中另一次走访替换的户;登记以后不能撤回,请先核对'),
  unchanged: z.number().describe('与已有记录相同、没有改动的户'),
  registered: z.boolean().describe('false:只检查了,没有登记'),
  faults: z.array(fileFault).describe('有问题的单元格;最多 500 条'),
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
  owed: z.number().describe('名册上应由这项排查到户、还没有记录的户数;已计入 toScreen'),
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
