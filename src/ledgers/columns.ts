import { refused } from './refusals.ts'
import { compact } from './normalise.ts'

/** The platform's name of the column that fills each field. */
export const COLUMNS = {
  externalId: '预警编号',
  issuedAt: '预警发布时间',
  level: '预警等级',
  cause: '致贫返贫因素',
  group: '重点人群类别',
  name: '姓名',
  idNo: '身份证号',
  phone: '联系电话',
  town: '乡镇',
  village: '村(社区)',
  detail: '预警内容',
  source: '数据来源部门',
} as const
export type Field = keyof typeof COLUMNS

const ALIASES: Record<Field, readonly string[]> = {
  externalId: ['预警编码', '预警号', '预警ID', '预警信息编号', '编号'],
  issuedAt: ['发布时间', '预警时间', '预警日期', '发布日期', '预警发布日期'],
  level: ['等级', '级别', '预警级别', '预警类型'],
  cause: ['致贫因素', '返贫因素', '致贫返贫原因', '致贫原因', '返贫原因', '预警因素', '预警原因'],
  group: ['人群类别', '重点人群', '人员类别', '对象类别', '重点人群类型'],
  name: ['户主姓名', '对象姓名', '人员姓名', '预警对象', '预警对象姓名'],
  idNo: ['身份证', '身份证号码', '公民身份号码', '证件号码', '证件号', '户主身份证号'],
  phone: ['电话', '手机', '手机号', '手机号码', '电话号码', '联系方式'],
  town: ['镇', '乡镇名称', '所属乡镇', '所在乡镇', '乡镇(街道)', '镇街', '镇(街道)', '镇办'],
  village: ['村', '社区', '村社区', '村/社区', '行政村', '所在村', '村(居)', '村居', '所属村(社区)'],
  detail: ['内容', '预警信息', '预警详情', '预警描述', '预警说明', '预警信息内容'],
  source: ['来源部门', '数据来源', '推送部门', '信息来源', '来源单位', '数据来源单位'],
}

const FIELD_OF = new Map<string, Field>(
  (Object.keys(COLUMNS) as Field[]).flatMap((field) =>
    [COLUMNS[field], ...ALIASES[field]].map((name) => [headerKey(name), field] as const),
  ),
)
const ENOUGH_FOR_A_HEADER = 3

/** Where each field stands in a record, what the file calls it, and how many cells the header has. */
export type Layout = { at: Record<Field, number>; names: Record<Field, string>; width: number }

/**
 * Reads the layout from a header row; null when the row is no header (a title above it, a data row). @throws
 * FileRefused when columns are missing or named twice
 */
export function layoutOf(cells: readonly string[]): Layout | null {
  const fields = cells.map((cell) => FIELD_OF.get(headerKey(cell)))
  if (new Set(fields.filter(Boolean)).size < ENOUGH_FOR_A_HEADER) return null
  const all = Object.keys(COLUMNS) as Field[]
  const doubled = all.filter((field) => fields.indexOf(field) !== fields.lastIndexOf(field))
  if (doubled.length > 0) throw refused('duplicate-column', namesOf(doubled))
  const missing = all.filter((field) => !fields.includes(field))
  if (missing.length > 0) throw refused('missing-column', namesOf(missing))
  const each = <T>(valueOf: (field: Field) => T) =>
    Object.fromEntries(all.map((field) => [field, valueOf(field)])) as Record<Field, T>
  const at = each((field) => fields.indexOf(field))
  return { at, names: each((field) => plainName(cells[at[field]] ?? '')), width: cells.length }
}

/** The columns of a row that an export would have: a row with one or two is a header that lacks the others. */
export function knownColumns(cells: readonly string[]): Field[] {
  return cells.flatMap((cell) => FIELD_OF.get(headerKey(cell)) ?? [])
}

/** Names the columns that a header lacks, by the platform's names. */
export function missingColumns(known: readonly Field[]): string {
  return namesOf((Object.keys(COLUMNS) as Field[]).filter((field) => !known.includes(field)))
}

function namesOf(fields: Field[]): string {
  return fields.map((field) => COLUMNS[field]).join('、')
}

/** 村(社区), 村 ( 社区 ) and *村(社区)are one name. */
function headerKey(name: string): string {
  return plainName(name).toUpperCase()
}

function plainName(name: string): string {
  return compact(name).replace(/^\*|[*::]$/g, '')
}
