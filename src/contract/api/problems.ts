import { z } from 'zod'
import { PROBLEM_ORIGIN_LABELS, PROBLEM_TYPE_LABELS } from '../../domain/obligation/problem-words.ts'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, officeFilter, officeRef, pageQuery } from './common.ts'
import { fileFault, listQuery } from './list-file.ts'
import { burnDown } from './overview.ts'
import { problemPart } from './problem-part.ts'

const origin = coded(PROBLEM_ORIGIN_LABELS)
const type = coded(PROBLEM_TYPE_LABELS)
const state = coded(STATE_LABELS)

/** One problem, or the same one in several towns. */
export const newProblem = z.strictObject({
  offices: z.array(z.string().max(200)).min(1).max(100).describe('整改单位的代码;几个单位各登记一件'),
  origin,
  type,
  title: z.string().trim().max(60).optional().describe('名称,写在清单和邮件里,不要写个人信息;不写由系统拟'),
  wrong: z.string().trim().min(5).max(2000).describe('问题是什么;加密保存'),
  measure: z.string().trim().max(2000).optional().describe('整改措施;加密保存'),
  responsible: z.string().trim().max(50).optional().describe('责任人:本单位人员的编号或姓名'),
  dueOn: day.describe('整改期限,不晚于清零阶段的截止日'),
})
export type NewProblem = z.infer<typeof newProblem>

export const problemsRegistered = z.object({
  items: z.array(z.object({ id: z.string(), office: officeRef })),
  batch: z.string().describe('一次登记的几件共有的编号'),
})

const filters = {
  office: officeFilter,
  campaign: z.string().max(100).optional().describe('行动的编号'),
  state: state.optional(),
  origin: origin.optional(),
  type: type.optional(),
}
export const problemQuery = z.strictObject({ ...filters, ...pageQuery })
export const problemNeighbourQuery = z.strictObject(filters)

export const problemEntry = problemPart.extend({
  id: z.string().describe('事项的编号'),
  title: z.string(),
  office: officeRef,
  campaignId: z.string().nullable(),
  state,
  dueOn: day,
  overdue: z.boolean(),
  everLate: z.boolean(),
  version: z.number(),
})

const officeBurnDown = burnDown.omit({ campaignId: true, dueOn: true, series: true }).extend({
  office: officeRef,
  registered: z.number(),
  struckOff: z.number(),
  overdue: z.number(),
})
export const problemBurnDown = burnDown.extend({
  registered: z.number(),
  struckOff: z.number(),
  overdue: z.number(),
  items: z.array(officeBurnDown).describe('按单位,还没有销号的多的在前'),
})

export const problemFileQuery = z.strictObject({
  county: z.string().max(200).optional().describe('县局的单位代码;只有一个县时可以不写'),
  ...listQuery,
})
export const problemFile = z.object({
  read: z.number().describe('读到的行数'),
  good: z.number().describe('没有问题的行数'),
  bad: z.number().describe('有问题的行数'),
  problems: z.number().describe('没有问题的行是几件:几个单位的各算一件'),
  registered: z.number().nullable().describe('这次登记了几件;没有登记的为 null'),
  faults: z.array(fileFault).describe('有问题的单元格:第几行、哪一列、写的是什么、为什么;最多 500 条'),
})
