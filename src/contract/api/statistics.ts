import { z } from 'zod'
import { ACROSS_LABELS, DOWN_LABELS, SPAN_LABELS } from '../../domain/obligation/statistic.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { coded, day, officeFilter, officeRef } from './common.ts'
import { obligationFilter } from './obligation-filter.ts'

const format = z.enum(['xlsx', 'csv']).default('xlsx').describe('xlsx:Excel 工作簿;csv:文本')
const { level, cause, group, source, outcome, ending, phase } = obligationFilter.shape

export const statisticsQuery = z.strictObject({
  across: coded(ACROSS_LABELS).default('ending').describe('横向按什么分列'),
  down: coded(DOWN_LABELS).default('town').describe('纵向按镇还是按村'),
  span: coded(SPAN_LABELS).default('issued').describe('按签发日还是办结日计'),
  from: day.optional().describe('这一天起,含当天'),
  to: day.optional().describe('到这一天止,含当天'),
  kind: coded(KIND_LABELS).default('warning').describe('统计哪一种事项'),
  office: officeFilter,
  campaign: z.string().max(100).optional().describe('行动的编号;不写是全部'),
  ...{ phase, level, cause, group, source, outcome, ending },
})
export type StatisticsQuery = z.infer<typeof statisticsQuery>
export const statisticsFileQuery = statisticsQuery.extend({ format })

const tally = z.object({ items: z.number().describe('件数'), households: z.number().describe('户数') })
const listQuery = z.record(z.string(), z.string()).describe('GET /v1/obligations 的条件')
export const statistics = z.object({
  kind: coded(KIND_LABELS),
  across: coded(ACROSS_LABELS),
  down: coded(DOWN_LABELS),
  span: coded(SPAN_LABELS),
  from: day.nullable(),
  to: day.nullable(),
  query: listQuery.describe('整张表的条件;加上行的和列的,就是一个数所数的清单'),
  columns: z.array(z.object({ code: z.string(), label: z.string(), query: listQuery })),
  items: z.array(
    z.object({
      office: officeRef,
      village: z.string().nullable().describe('已遮盖;按镇统计的为 null,没有写村的、没有权限的为空'),
      query: listQuery.nullable().describe('按村的没有清单,为 null'),
      cells: z.array(tally).describe('与 columns 依次对应'),
      total: tally,
    }),
  ),
  totals: z.array(tally).describe('各列合计'),
  total: tally,
  rules: z.object({ items: z.string(), households: z.string() }).describe('怎样计数'),
})
export type Statistics = z.infer<typeof statistics>

export const screeningTableQuery = z.strictObject({
  campaign: z.string().max(100).optional().describe('行动的编号;不写是最近的一个'),
  format,
})
