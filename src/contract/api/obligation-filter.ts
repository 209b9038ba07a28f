import { z } from 'zod'
import {
  CAUSE_FILTER_LABELS,
  codesOf,
  GROUP_FILTER_LABELS,
  LEVEL_FILTER_LABELS,
  LIST_QUEUE_LABELS,
  OUTCOME_FILTER_LABELS,
  PHASE_LABELS,
  SOURCE_FILTER_LABELS,
  STAGE_LABELS,
  STATE_LABELS,
} from '../../domain/obligation/vocabulary.ts'
import { ENDING_FILTER_LABELS } from '../../domain/obligation/outcomes.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { coded, day, flag, officeFilter, pageQuery } from './common.ts'

const filters = {
  kind: coded(KIND_LABELS).optional(),
  state: coded(STATE_LABELS).optional(),
  office: officeFilter,
  level: coded(LEVEL_FILTER_LABELS).optional(),
  cause: coded(CAUSE_FILTER_LABELS).optional(),
  group: coded(GROUP_FILTER_LABELS).optional(),
  source: coded(SOURCE_FILTER_LABELS).optional(),
  outcome: coded(OUTCOME_FILTER_LABELS).optional(),
  ending: coded(ENDING_FILTER_LABELS).optional(),
  campaign: z.string().max(100).optional().describe('行动的编号'),
  phase: coded(PHASE_LABELS).optional(),
  standing: coded(LIST_QUEUE_LABELS).optional(),
  dueFrom: day.optional().describe('到期日不早于'),
  dueTo: day.optional().describe('到期日不晚于'),
  issuedFrom: day.optional().describe('签发日不早于'),
  issuedTo: day.optional().describe('签发日不晚于'),
  acceptedFrom: day.optional().describe('办结日不早于;只要已办结的'),
  acceptedTo: day.optional().describe('办结日不晚于;只要已办结的'),
  externalId: z.string().max(100).optional().describe('平台的预警编号,完全相同'),
  q: z.string().max(100).optional().describe('在编号、标题和单位名称中查找;空格隔开的几个词要都找到'),
  assignment: coded(STAGE_LABELS).optional(),
  person: z.string().max(100).optional().describe('持有人(人员 id)'),
  mail: z.string().max(100).optional().describe('邮件的编号:只要这封信写到的事项'),
  counted: z
    .string()
    .max(200)
    .optional()
    .describe('和 mail 一起用:只要信中这个数字在发信时所指的事项,不论现在办到哪一步'),
  import: z.string().max(100).optional().describe('导入的编号:只要这次导入登记的事项'),
}
const OVERDUE = 'true:现在已逾期、轮到承办单位的;false:其余的。复核迟了不算逾期'
const MINE = 'true:轮到我可以办理的单位的'
const CANCELLED = 'false:不含已撤销的;true:只要已撤销的'
const OFFICE_ONLY = 'true:只要 office 本级的,不含下级'

/** What a list is asked for, in a body: flags are booleans. */
export const obligationFilter = z.strictObject({
  ...filters,
  overdue: z.boolean().optional().describe(OVERDUE),
  mine: z.boolean().optional().describe(MINE),
  officeOnly: z.boolean().optional().describe(OFFICE_ONLY),
  cancelled: z.boolean().optional().describe(CANCELLED),
})
export type ObligationFilter = z.infer<typeof obligationFilter>

/** By which day a list is sorted, and which way. */
export const DAY_SORT_LABELS = {
  dueAt: '截止由早到晚',
  '-dueAt': '截止由晚到早',
  issuedAt: '签发由早到晚',
  '-issuedAt': '签发由晚到早',
} as const

/** Every order a list can be in. */
export const SORT_LABELS = {
  ...DAY_SORT_LABELS,
  ...{ holderDueAt: '当前一棒的截止由早到晚', '-holderDueAt': '当前一棒的截止由晚到早' },
  ...{ level: '等级由重到轻', '-level': '等级由轻到重' },
  ...{ office: '单位代码', '-office': '单位代码倒序', externalId: '编号', '-externalId': '编号倒序' },
  ...{ state: '办理状态:退回、承办、复核、暂停、办结、撤销', '-state': '办理状态倒序' },
  ...{ holder: '由谁办:单位代码、环节', '-holder': '由谁办倒序', kind: '种类', '-kind': '种类倒序' },
} as const

/** What a list is asked for, as an address has it. */
export const askedFields = {
  ...filters,
  overdue: flag.describe(OVERDUE),
  mine: flag.describe(MINE),
  officeOnly: flag.describe(OFFICE_ONLY),
  cancelled: flag.describe(CANCELLED),
}

export const sortField = z
  .enum(codesOf(SORT_LABELS))
  .default('dueAt')
  .describe(
    '排列:dueAt 到期、issuedAt 签发、holderDueAt 当前一棒的截止,或各列(level、state、holder 相同的,再按当前一棒的截止);前面有 - 的倒过来',
  )

export const obligationQuery = z.strictObject({
  ...askedFields,
  sort: sortField,
  ...pageQuery,
})
export type ObligationQuery = z.infer<typeof obligationQuery>
