import { COLUMNS, type Field, FIELDS } from './columns.ts'
import { simplified } from './traditional.ts'
import { compact } from './normalise.ts'

const ALIASES: Record<Field, readonly string[]> = {
  externalId: ['预警编码', '预警号', '预警ID', '预警信息编号', '预警单号', '编号'],
  issuedAt: ['发布时间', '预警时间', '预警日期', '发布日期', '预警发布日期'],
  level: ['等级', '级别', '预警级别', '预警类型'],
  cause: [
    '致贫因素',
    '返贫因素',
    '致贫返贫原因',
    '致贫原因',
    '返贫原因',
    '预警因素',
    '预警原因',
    '风险类型',
    '返贫风险',
  ],
  group: ['人群类别', '重点人群', '人员类别', '对象类别', '重点人群类型', '监测类型', '监测对象类别'],
  name: ['户主姓名', '对象姓名', '人员姓名', '预警对象', '预警对象姓名', '农户'],
  idNo: ['身份证', '身份证号码', '公民身份号码', '证件号码', '证件号', '户主身份证号'],
  phone: ['电话', '手机', '手机号', '手机号码', '电话号码', '联系方式'],
  town: ['镇', '乡镇名称', '所属乡镇', '所在乡镇', '乡镇(街道)', '镇街', '镇(街道)', '镇办'],
  village: ['村', '社区', '村社区', '村/社区', '行政村', '所在村', '村(居)', '村居', '村名', '所属村(社区)'],
  detail: ['内容', '预警信息', '预警详情', '预警描述', '预警说明', '预警信息内容'],
  source: ['来源部门', '数据来源', '推送部门', '信息来源', '来源单位', '数据来源单位', '来源', '线索来源'],
}

/** Most names, which need no folding. */
const PLAIN = /^[\u4e00-\u9fff]*$/

/** How well a name is known: the platform's own, another name of the same, or only near to one. */
export type KnownName = { field: Field; rank: 'exact' | 'alias' }

const KNOWN = new Map<string, KnownName>(
  FIELDS.flatMap((field) => [
    ...ALIASES[field].map((name) => [nameKey(name), { field, rank: 'alias' }] as const),
    [nameKey(COLUMNS[field]), { field, rank: 'exact' }] as const,
  ]),
)

/** All names by which a field is known, for comparing others with them. */
export function namesFor(field: Field): readonly string[] {
  return [COLUMNS[field], ...ALIASES[field]].map(nameKey)
}

/** 村(社区), 村 ( 社区 ), 村﹙社區﹚ are one name; marks and remarks around it stay. */
export function nameKey(name: string): string {
  const text = compact(name)
  return simplified(PLAIN.test(text) ? text : text.normalize('NFKC').replace(/\s+/g, '')).toUpperCase()
}

/** The only ornament made of nothing but Chinese characters. */
const DUTY = /(?:必填|选填|必录|必选)项?$/

/** What people put around a name, each taken off in turn: marks, numbers, remarks in brackets. */
const ORNAMENTS: readonly RegExp[] = [
  /^[*★☆※#●○◆◇■□▲△►▼▽↓↑⇓✱•·'"“”‘’:.。、,,;_—-]+|[*★☆※#●○◆■▲△▼▽↓↑⇓⇩✱•·'"“”‘’:.。、,,;;_—?!?!-]+$/u,
  /^[<《〈「『【](?=[^>》〉」』】]+[>》〉」』】]$)|(?<=^[^<《〈「『【]+)[>》〉」』】]$/,
  /^(?:\(\d{1,2}\)|\d{1,2}[.、)::]?(?=\p{Script=Han})|[一二三四五六七八九十]{1,2}[、.]|[A-Z][.、])/u,
  DUTY,
  /^[([{<【〔〖《「『][^)\]}>】〕〗》」』]*[)\]}>】〕〗》」』](?=.)/,
  /(?<=.)[([{<【〔〖《「『][^)\]}>】〕〗》」』]*[)\]}>】〕〗》」』]$/,
]
const MOST_ORNAMENTS = 8

/** A name's forms, from as it is written to bare: *预警编号(必填), 预警编号(必填), 预警编号. */
export function formsOf(key: string): string[] {
  const forms = [key]
  if (PLAIN.test(key) && !DUTY.test(key)) return forms
  for (let bare = key; forms.length < MOST_ORNAMENTS; forms.push(bare)) {
    const ornament = ORNAMENTS.find((around) => around.test(bare) && bare.replace(around, '') !== '')
    if (!ornament) break
    bare = bare.replace(ornament, '')
  }
  return forms
}

/** A longer text is a sentence. */
export const LONGEST_NAME = 40

/** The field that a name fills, by itself or without marks and remarks. */
export function knownName(key: string): KnownName | undefined {
  if (key.length > LONGEST_NAME) return undefined
  for (const form of formsOf(key)) {
    const known = KNOWN.get(form)
    if (known) return known
  }
  return undefined
}

/** A column of the province, city or county that the town of the row is in: 市, 区县, 所属县(市、区). */
const ABOVE_A_TOWN = /^(?:所[属在])?(?:省份?|地?市州?|县|区|[县市区旗州、/()]{2,9})(?:名称?)?$/

export function isAboveTowns(key: string): boolean {
  return formsOf(key).some((form) => ABOVE_A_TOWN.test(form))
}

/** Numbers, days and codes: no known name is without a Chinese character. */
const NO_NAME = /^[\x20-\x7e]*$/

/** How many different fields the cells of a line name. */
export function knownNames(cells: readonly string[]): number {
  const fields = new Set<Field>()
  for (const cell of cells) {
    const known = NO_NAME.test(cell) ? undefined : knownName(nameKey(cell))
    if (known) fields.add(known.field)
  }
  return fields.size
}
