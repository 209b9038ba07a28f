import { z } from 'zod'
import { DAY_SORT_LABELS, obligationQuery } from '../../contract/api/obligations.ts'
import {
  CAUSE_LABELS,
  codesOf,
  GROUP_LABELS,
  LEVEL_FILTER_LABELS,
  PHASE_LABELS,
  SOURCE_LABELS,
  LIST_QUEUE_LABELS,
  STAGE_LABELS,
  STATE_LABELS,
  type WorkQueue,
} from '../../domain/obligation/vocabulary.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'

/** The list's question when the address says nothing. */
export const FIRST_STANDING: WorkQueue = 'pressing'

// The page takes every filter of the API, under the same name; how many rows a page has is its own.
const { limit: _limit, standing, sort: _sort, ...others } = obligationQuery.shape
const FIELDS = {
  ...others,
  standing: standing.unwrap().default(FIRST_STANDING),
  sort: z.enum(codesOf(DAY_SORT_LABELS)).optional(),
}
export const listFields = z.object(FIELDS)
export type Filters = z.infer<typeof listFields>
export type Field = keyof Filters

export const FIELD_LABELS: Record<Exclude<Field, 'cursor'>, string> = {
  office: '单位',
  officeOnly: '只看本级',
  standing: '状态',
  level: '等级',
  kind: '种类',
  phase: '阶段',
  q: '关键词',
  state: '办理状态',
  cause: '致贫返贫因素',
  group: '重点人群',
  source: '数据来源',
  campaign: '行动',
  externalId: '预警编号',
  dueFrom: '到期不早于',
  dueTo: '到期不晚于',
  overdue: '现在逾期',
  mail: '邮件写到的',
  assignment: '承办阶段',
  person: '持有人',
  mine: '轮到本单位',
  sort: '排序',
}

const YES_NO = { true: '是', false: '否' } as const
/** The words of coded values. */
export const VALUE_LABELS: Partial<Record<Field, Record<string, string>>> = {
  ...{ standing: LIST_QUEUE_LABELS, level: LEVEL_FILTER_LABELS, kind: KIND_LABELS, phase: PHASE_LABELS },
  ...{ state: STATE_LABELS, cause: CAUSE_LABELS, group: GROUP_LABELS, source: SOURCE_LABELS },
  ...{ overdue: YES_NO, officeOnly: YES_NO, sort: DAY_SORT_LABELS, assignment: STAGE_LABELS, mine: YES_NO },
}

/** What mail programs and messengers add to an address that is passed on; it asks nothing. */
const ADDED_ON_THE_WAY = /^(from|isappinstalled|utm_\w+|nsukey|scene|clicktime|enterid)$/

/** The names in an address that are no filter of the list. */
export function unknownFields(given: object): string[] {
  return Object.keys(given).filter((name) => !(name in FIELDS) && !ADDED_ON_THE_WAY.test(name))
}

/** `单位 office、状态 standing …` */
export const KNOWN_FIELDS = Object.entries(FIELD_LABELS)
  .map(([name, label]) => `${label} ${name}`)
  .join('、')
