import { z } from 'zod'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { askedFields, sortField } from './obligation-filter.ts'

/** The columns a file of the work list may have, with their heads. */
export const EXPORT_COLUMNS = {
  ...{ externalId: '编号', office: '单位', title: '事项', level: '等级', clock: '时限', state: '办理状态' },
  ...{ due: '截止', holder: '由谁办', issued: '签发', kind: '种类', cause: '因素', group: '人群' },
  ...{ source: '来源', outcome: '结论', name: '姓名(已遮盖)', village: '村(已遮盖)', phone: '电话(已遮盖)' },
} as const
export type ExportColumn = keyof typeof EXPORT_COLUMNS

const CODES = codesOf(EXPORT_COLUMNS)

/** In the query string: codes separated by commas. */
const columns = z
  .string()
  .max(300)
  .default(CODES.join(','))
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(CODES)).min(1))
  .describe(`列,用逗号隔开:${CODES.map((code) => `${code} ${EXPORT_COLUMNS[code]}`).join('、')}`)

export const exportQuery = z.strictObject({ ...askedFields, sort: sortField, columns })
