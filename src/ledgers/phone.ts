import { foldedCell } from './cell.ts'
import { codeOf, isScientific } from './external-id.ts'
import { foldDashes } from './look-alikes.ts'
import { isPlaceholder, isTooNarrow } from './placeholder.ts'

/** What a cell says of how to ring somebody: the numbers that are certain, and whether more stood there. */
export type PhoneReading = { phone: string; remark: PhoneRemark | null }

/** Why a telephone was left out, or only taken in part. The cell itself is not repeated. */
export const PHONE_REMARKS = {
  'phone-unknown': '联系电话不像电话号码,没有登记这一项。请核实后补上。',
  'phone-digits-lost':
    '联系电话被表格软件改成了科学计数法或显示不下,数字已经丢失,没有登记这一项。请核实后补上。',
  'phone-unusual': '联系电话的位数不像手机或座机,已照原样登记。请核实。',
  'phone-in-part': '联系电话中只登记了能认出的号码,其余文字没有登记。请查看原文件。',
} as const
export type PhoneRemark = keyof typeof PHONE_REMARKS

/** A mobile, an extension-free land line with or without its area. A country code or a trunk 0 before a mobile is dropped. */
const NUMBER =
  /(?<!\d)(?:(?:\+?86|0086|0)[-\s]?)?(1[3-9]\d[-\s]?\d{4}[-\s]?\d{4})(?!\d)|(?<!\d)((?:\(?0\d{2,3}\)?[-\s]?)?[2-8]\d{6,7})(?!\d)/g
const BEFORE_A_MOBILE = /(?<=^|\/)(?:0|86)(?=1[3-9]\d{9}(?:\/|$))/g
/** As many as fit where they are kept. */
const MOST_NUMBERS = 5
const MOBILE = /^1[3-9]\d{9}$/
/** A mobile with a digit too few or too many, and eleven digits that begin like none. */
const UNUSUAL = /(?:^|\/)(?:1[3-9]\d{8}|1[3-9]\d{10}|1[0-2]\d{9}|[2-9]\d{10})(?:\/|$)/
const NO_PHONE: PhoneReading = { phone: '', remark: null }
const FLOAT = /^(\d{5,13})\.0+$/

/** Normalises a telephone cell: no spaces, brackets or dashes; several numbers are separated by `/`. */
export function phoneOf(cell: string): string {
  const phone = codeOf(cell).replace(FLOAT, '$1')
  if (/^\d*$/.test(phone)) return phone.replace(/^0086/, '').replace(BEFORE_A_MOBILE, '')
  return phone
    .replace(/[、,;/]+/g, '/')
    .replace(/[-()]/g, '')
    .replace(/(^|\/)(\+86|0086)/g, '$1')
    .replace(BEFORE_A_MOBILE, '')
    .replace(/\/$/, '')
}

/** Lenient: mobiles, land lines with or without area code, more than one. */
function isPhone(phone: string): boolean {
  return /^\d{5,13}(\/\d{5,13})*$/.test(phone)
}

/** Takes the numbers that are certain out of a cell in which relatives, marks and remarks may stand. */
export function readPhone(cell: string): PhoneReading {
  if (cell === '') return NO_PHONE
  if (MOBILE.test(cell)) return { phone: cell, remark: null }
  const phone = phoneOf(cell)
  if (isPhone(phone) && /[1-9]/.test(phone)) {
    const read = ofNumbers(phone.split('/'), false)
    return read.remark === null && UNUSUAL.test(read.phone) ? { ...read, remark: 'phone-unusual' } : read
  }
  if (isPlaceholder(phone) || /^0+$/.test(phone)) return NO_PHONE
  if (isTooNarrow(phone) || isScientific(codeOf(cell))) return { phone: '', remark: 'phone-digits-lost' }
  return numbersIn(foldDashes(foldedCell(cell)))
}

function numbersIn(text: string): PhoneReading {
  const numbers = Array.from(text.matchAll(NUMBER), ([, mobile, landLine = '']) => mobile ?? landLine)
  if (numbers.length === 0) return { phone: '', remark: 'phone-unknown' }
  const rest = text.replace(NUMBER, '').replace(/[\s/,、;|+和及或与.()-]/g, '')
  return ofNumbers([...new Set(numbers.map((number) => number.replace(/\D/g, '')))], rest !== '')
}

function ofNumbers(numbers: readonly string[], isPart: boolean): PhoneReading {
  const kept = numbers.slice(0, MOST_NUMBERS)
  return { phone: kept.join('/'), remark: isPart || kept.length < numbers.length ? 'phone-in-part' : null }
}
