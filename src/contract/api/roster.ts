import { z } from 'zod'
import { COVER_LABELS, REACH_LABELS } from '../../domain/obligation/roster-words.ts'
import { GROUP_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, instant, officeFilter, officeRef, pageOf, pageQuery } from './common.ts'
import { fileFault, listQuery } from './list-file.ts'
import { subject } from './obligations.ts'
import { changedPerson, writtenPerson } from './written-person.ts'

const group = coded(GROUP_LABELS)
const cover = coded(COVER_LABELS)
const reach = coded(REACH_LABELS)
const coveredSince = day.nullable().describe('从哪天起纳入保障;没有纳入的、不知道的为 null')

export const newRosterEntry = z.strictObject({
  office: z.string().max(200).describe('所在镇的单位代码'),
  group,
  cover: cover.describe('保障情况'),
  coveredSince: coveredSince.default(null),
  person: writtenPerson,
})
export type NewRosterEntry = z.infer<typeof newRosterEntry>
export const changedRosterEntry = z.strictObject({
  group: group.optional(),
  cover: cover.optional().describe('保障情况;改成未纳入保障的,纳入时间随之清空'),
  coveredSince: coveredSince.optional(),
  person: changedPerson.optional().describe('不写的不改;写成空的就清空'),
})
export type ChangedRosterEntry = z.infer<typeof changedRosterEntry>

export const rosterQuery = z.strictObject({
  office: officeFilter,
  group: group.optional(),
  cover: cover.optional(),
  reach: reach.optional().describe('工作到户的情况'),
  ...pageQuery,
})
export const rosterEntry = z.object({
  id: z.string(),
  office: officeRef,
  group,
  cover,
  coveredSince,
  reach: reach.describe(
    '今年的工作到户了没有;按读的人看得到的事项判断:别的镇做的工作镇里看不到,县里看得到,两边可能不同',
  ),
  subject: subject.nullable().describe('已遮盖;没有权限的、保存期已满的为 null'),
  import: z.string().nullable().describe('由哪个文件而来;逐户登记的为 null'),
  version: z.number().describe('修改时放进 If-Match'),
  createdAt: instant,
  labels: z.record(z.string(), z.string()),
})
const numbers = {
  total: z.number(),
  covered: z.number(),
  reached: z.number(),
  owed: z.number(),
  unreached: z.number(),
}
export const rosterNumbers = z.object(numbers)
export const rosterPage = pageOf(rosterEntry).extend({
  counts: z
    .array(z.object({ office: officeRef, group, ...numbers }))
    .describe('按镇和类别计数,只按 office 筛选;只在第一页,带 cursor 的为空'),
})
export const villagesQuery = z.strictObject({ office: officeFilter })
export const rosterVillage = z.object({
  office: officeRef,
  village: z.string().describe('已遮盖;没有写村的、没有权限看户信息的为空'),
  ...numbers,
})
export const rosterRemoved = z.object({ id: z.string() })

export const rosterFileQuery = z.strictObject({
  county: z.string().max(200).optional().describe('县局的单位代码;只有一个县时可以不写'),
  ...listQuery,
})
export const rosterFile = z.object({
  id: z.string().nullable().describe('这一次登记的编号,撤回时用;没有登记的为 null'),
  read: z.number().describe('读到的行数'),
  good: z.number().describe('没有问题的行数'),
  bad: z.number().describe('有问题的行数'),
  added: z.number().describe('名册上没有的'),
  changed: z.number().describe('名册上有、内容不同的'),
  unchanged: z.number().describe('与名册相同的'),
  faults: z.array(fileFault).describe('有问题的单元格;最多 500 条'),
})
export const rosterImport = z.object({
  id: z.string(),
  state: z.enum(['applied', 'undone']),
  added: z.number(),
  changed: z.number(),
  createdAt: instant,
  undoneAt: instant.nullable(),
})
export const rosterUndone = z.object({
  removed: z.number().describe('从名册上去掉的户'),
  restored: z.number().describe('恢复原样的户'),
  kept: z.number().describe('后来有人改过、已带入排查或已抽查,所以保留的户'),
})
