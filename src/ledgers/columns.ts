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
export const FIELDS = Object.keys(COLUMNS) as Field[]

/** Without these a row is no warning. */
export const NEEDED: readonly Field[] = ['externalId', 'issuedAt', 'level', 'name', 'town']

/**
 * Where each field stands in a record (-1: nowhere), what the file calls it, how many cells the head has, where
 * the places above the town stand that have columns of their own (市, 区县), and where the state of the warning stands at its source.
 */
export type Layout = {
  at: Record<Field, number>
  names: Record<Field, string>
  width: number
  above: readonly number[]
  states: readonly StateColumn[]
}

/** A column of what has become of a warning; `asks` whether the name is a question that 是 or 否 answers. */
export type StateColumn = { at: number; name: string; asks: 'state' | 'is-over' | 'is-valid' }

/** Names fields by the platform's names. */
export function namesOf(fields: readonly Field[]): string {
  return fields.map((field) => COLUMNS[field]).join('、')
}
