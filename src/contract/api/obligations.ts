import { z } from 'zod'
import {
  CAUSE_LABELS,
  codesOf,
  GROUP_LABELS,
  LEVEL_FILTER_LABELS,
  LEVEL_LABELS,
  OUTCOME_LABELS,
  PHASE_LABELS,
  SOURCE_LABELS,
  LIST_QUEUE_LABELS,
  STATE_LABELS,
  STAGE_LABELS,
} from '../../domain/obligation/vocabulary.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { importRemark, note } from '../../kinds/fields.ts'
import { actionUnion } from './action-union.ts'
import { coded, day, flag, instant, officeFilter, officeRef, pageQuery } from './common.ts'
import { anyResult } from './results.ts'

const kind = coded(KIND_LABELS)
const state = coded(STATE_LABELS)
const level = coded(LEVEL_LABELS)
const cause = coded(CAUSE_LABELS)
const group = coded(GROUP_LABELS)
const source = coded(SOURCE_LABELS)
const phase = coded(PHASE_LABELS)

/** Masked: 张*某, 619999********2163, 199****8219. Revealing is a permission of its own. */
export const subject = z.object({
  name: z.string(),
  idNo: z.string(),
  phone: z.string(),
  village: z.string(),
})

export const obligation = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  kind,
  title: z.string(),
  state,
  campaignId: z.string().nullable(),
  phase: phase.nullable(),
  office: officeRef,
  level: level.nullable(),
  cause: cause.nullable(),
  group: group.nullable(),
  source: source.nullable(),
  issuedAt: instant,
  dueAt: instant,
  dueOn: day,
  provisional: z.boolean().describe('当年的放假安排尚未公布,日期可能变动'),
  remainingWorkingDays: z.number(),
  overdue: z.boolean(),
  overdueWorkingDays: z.number(),
  everLate: z.boolean(),
  holder: z
    .object({
      office: officeRef,
      person: z.object({ id: z.string(), name: z.string() }).nullable(),
      assignment: coded(STAGE_LABELS),
      dueAt: instant,
      dueOn: day,
      provisional: z.boolean().describe('当年的放假安排尚未公布,日期可能变动'),
    })
    .nullable(),
  acknowledgedAt: instant.nullable(),
  outcome: coded(OUTCOME_LABELS).nullable(),
  subject: subject.nullable(),
  extensions: z.array(z.never()),
  suspended: z.null(),
  version: z.number(),
  labels: z.record(z.string(), z.string()),
})
export type ObligationBody = z.infer<typeof obligation>
/** One by itself, with what its import did not understand. */
export const obligationDetail = obligation.extend({
  remarks: z.array(importRemark).describe('导入备注:登记时没有认出、需要核对的内容;不含户的个人信息'),
})
export type ObligationDetail = z.infer<typeof obligationDetail>

const filters = {
  kind: kind.optional(),
  state: state.optional(),
  office: officeFilter,
  level: coded(LEVEL_FILTER_LABELS).optional(),
  cause: cause.optional(),
  group: group.optional(),
  source: source.optional(),
  campaign: z.string().max(100).optional().describe('行动的编号'),
  phase: phase.optional(),
  standing: coded(LIST_QUEUE_LABELS).optional(),
  dueFrom: day.optional().describe('到期日不早于'),
  dueTo: day.optional().describe('到期日不晚于'),
  externalId: z.string().max(100).optional().describe('平台的预警编号,完全相同'),
  q: z.string().max(100).optional().describe('在编号和标题中查找'),
  mail: z.string().max(100).optional().describe('邮件的编号:只要这封信写到的事项'),
}
const OVERDUE = 'true:现在已逾期、轮到承办单位的;false:其余的。复核迟了不算逾期'
const OFFICE_ONLY = 'true:只要 office 本级的,不含下级'
export const obligationFilter = z.strictObject({
  ...filters,
  overdue: z.boolean().optional().describe(OVERDUE),
  officeOnly: z.boolean().optional().describe(OFFICE_ONLY),
})
export type ObligationFilter = z.infer<typeof obligationFilter>
/** By which day a list is sorted, and which way. */
export const SORT_LABELS = {
  dueAt: '截止由早到晚',
  '-dueAt': '截止由晚到早',
  issuedAt: '签发由早到晚',
  '-issuedAt': '签发由晚到早',
} as const
export const obligationQuery = z.strictObject({
  ...filters,
  overdue: flag.describe(OVERDUE),
  officeOnly: flag.describe(OFFICE_ONLY),
  sort: z
    .enum(codesOf(SORT_LABELS))
    .default('dueAt')
    .describe('按到期(dueAt)或签发(issuedAt)时间排列;前面有 - 的由晚到早'),
  ...pageQuery,
})
export type ObligationQuery = z.infer<typeof obligationQuery>

const reason = z.string().trim().min(1, '请写明原因').max(500)
/** What may come with an action; which action takes which, its row of the table says. */
export const action = actionUnion({ reason, note, result: anyResult.default({}) })
export const actionAnswer = z.object({ id: z.string(), state, version: z.number() })

/** The plural form: by ids, or by a filter with the count the caller saw. */
export const bulkAction = z
  .strictObject({
    ids: z.array(z.string().max(100)).min(1).max(1000).optional(),
    filter: obligationFilter.optional(),
    expectedCount: z.number().int().min(0).optional(),
    action,
  })
  .refine(({ ids, filter }) => ids === undefined || filter === undefined, {
    path: ['filter'],
    message: 'ids 和 filter 只能给一个',
  })
export const bulkAnswer = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      done: z.boolean(),
      state: state.optional(),
      version: z.number().optional(),
      refused: z.string().optional(),
      message: z.string().optional(),
    }),
  ),
})

export const historyEntry = z.object({
  at: instant,
  actor: z.string(),
  actorName: z.string(),
  action: z.string(),
  state,
  detail: z.record(z.string(), z.unknown()).describe('代码和数量'),
  text: z.string().nullable().describe('办理人写的说明或原因'),
  labels: z.record(z.string(), z.string()),
})
