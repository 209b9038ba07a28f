import { z } from 'zod'
import {
  CAUSE_FILTER_LABELS,
  GROUP_FILTER_LABELS,
  SOURCE_LABELS,
} from '../../domain/obligation/vocabulary.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { coded, officeFilter } from './common.ts'

export const ledgerParams = z.object({ kind: coded(KIND_LABELS).describe('事项的种类') })
export const ledgerQuery = z.strictObject({
  campaign: z.string().max(100).optional().describe('行动的编号;不写是全部'),
  office: officeFilter,
  source: coded(SOURCE_LABELS).optional().describe('来源:discovery 是主动发现台账'),
  cause: coded(CAUSE_FILTER_LABELS).optional(),
  group: coded(GROUP_FILTER_LABELS).optional(),
  format: z.enum(['xlsx', 'csv']).default('xlsx').describe('xlsx:Excel 工作簿;csv:文本'),
})
