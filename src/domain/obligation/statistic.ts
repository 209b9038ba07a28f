import { ENDING_FILTER_LABELS } from './outcomes.ts'
import {
  CAUSE_FILTER_LABELS,
  GROUP_FILTER_LABELS,
  LEVEL_FILTER_LABELS,
  OUTCOME_FILTER_LABELS,
  SOURCE_FILTER_LABELS,
} from './vocabulary.ts'

/** What a statistic counts by, from left to right (R2, R9). */
export const ACROSS_LABELS = {
  ending: '去向(应保、应救、应退)',
  outcome: '核查结论',
  level: '预警等级',
  cause: '致贫返贫因素',
  group: '重点人群',
  source: '数据来源',
} as const
export type Across = keyof typeof ACROSS_LABELS

/** What a statistic counts by, from top to bottom. */
export const DOWN_LABELS = { town: '各镇', village: '各村' } as const
export type Down = keyof typeof DOWN_LABELS

/** Which day of an obligation lies within the span that is asked for. */
export const SPAN_LABELS = { issued: '签发日', accepted: '办结日' } as const
export type Span = keyof typeof SPAN_LABELS

/** The columns of each: every code that a list can be asked for, so that each number has its list. */
export const COLUMNS_ACROSS: Readonly<Record<Across, Readonly<Record<string, string>>>> = {
  ending: ENDING_FILTER_LABELS,
  outcome: OUTCOME_FILTER_LABELS,
  level: LEVEL_FILTER_LABELS,
  cause: CAUSE_FILTER_LABELS,
  group: GROUP_FILTER_LABELS,
  source: SOURCE_FILTER_LABELS,
}

/** How numbers are counted, in the words of pages and files. */
export const STATISTIC_RULES = {
  items: '件数:不含已撤销的;每件只在一行一列中计一次,各行、各列之和等于合计。',
  households:
    '户数:同一身份证号的为一户,经人认定为同一户的、由一件引出的后续事项也是同一户,没有身份证号的每件一户;保存期已满、个人信息已删除的不再计户数;一户在几列或几行中出现,合计只计一次,所以各列、各行之和可以大于合计。',
} as const
