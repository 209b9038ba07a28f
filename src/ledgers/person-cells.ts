import type { Day } from '../domain/time/days.ts'
import { readIdentity } from './identity.ts'
import { lostWords, nameFault, personName } from './person-name.ts'
import { readPhone } from './phone.ts'
import { isPlaceholder } from './placeholder.ts'
import type { ListCells } from './read-list.ts'
import { lostMessage, ROW_RULES } from './row-error.ts'

/** The household that a row of a list is about. */
export type PersonCells = { name: string; idNo: string; phone: string; village: string; detail: string }
export type PersonColumn = keyof PersonCells

/** What lists call these columns. */
export const PERSON_NAMES: Readonly<Record<PersonColumn, readonly [string, ...string[]]>> = {
  name: ['姓名', '户主姓名', '户主', '对象姓名', '家庭户主'],
  idNo: ['身份证号', '身份证号码', '户主身份证号', '户主身份证号码', '公民身份号码', '证件号码', '身份证'],
  phone: ['联系电话', '电话', '手机号', '手机号码', '联系方式'],
  village: ['村(社区)', '村', '社区', '所在村', '村社区', '行政村'],
  detail: ['备注', '情况说明', '说明', '困难情况', '家庭情况'],
}
const LONGEST = { name: 50, village: 100, detail: 2000 } as const

/** Reads the cells of a household; what is wrong with them is told to the row. */
export function personIn<Column extends string>(
  cells: ListCells<Column | PersonColumn>,
  today: Day,
): PersonCells {
  const name = personName(cells.raw('name'))
  const wrong = nameFault(name)
  if (wrong === 'lost-character') cells.fault('name', lostMessage(lostWords(name)))
  else if (wrong) cells.fault('name', ROW_RULES[wrong])
  else if (name.length > LONGEST.name) cells.fault('name', ROW_RULES['too-long'])
  const identity = readIdentity(cells.raw('idNo'), today)
  if (typeof identity === 'string') cells.fault('idNo', ROW_RULES[identity])
  const text = (field: 'village' | 'detail') => {
    const value = cells.textWithin(field, LONGEST[field])
    return isPlaceholder(value) ? '' : value
  }
  return {
    ...{ name, idNo: typeof identity === 'string' ? '' : identity.idNo },
    ...{ phone: readPhone(cells.raw('phone')).phone, village: text('village'), detail: text('detail') },
  }
}
