import type { Day } from '../domain/time/days.ts'
import { dayExists } from './day-exists.ts'
import { codeOf } from './external-id.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** Nobody living was born before this day. */
const FIRST_BIRTH: Day = '1900-01-01'
const CHECK = '10X98765432'
const PLAIN = /^\d{17}[\dX]$/

/** Normalises an identity number: half-width, without spaces, a capital X, without what a spreadsheet adds. */
export function idNoOf(cell: string): string {
  if (PLAIN.test(cell)) return cell
  return codeOf(cell)
    .toUpperCase()
    .replace(/(?<=^\d+)\.0+$/, '')
    .replace(/(?<=\d),(?=\d{3}(?:,|$))/g, '')
}

/** The last character of an identity number whose first 17 digits these are (GB 11643, MOD 11-2). */
export function checkDigit(body: string): string {
  let sum = 0
  for (let i = 0; i < WEIGHTS.length; i++) sum += (WEIGHTS[i] ?? 0) * Number(body[i])
  return CHECK[sum % 11] ?? ''
}

/** What is wrong with a normalised identity number: its form and birth date, or its check digit. */
export function idFault(idNo: string, today: Day): 'id-format' | 'id-checksum' | null {
  if (!/^[1-9]\d{16}[\dX]$/.test(idNo)) return 'id-format'
  const born = `${idNo.slice(6, 10)}-${idNo.slice(10, 12)}-${idNo.slice(12, 14)}`
  if (born < FIRST_BIRTH || born > today || !dayExists(born)) return 'id-format'
  return checkDigit(idNo) === idNo[17] ? null : 'id-checksum'
}

/**
 * The eighteen digits of a number of the first generation, of people born before 2000: the century goes in, the check digit
 * comes behind (GB 11643-1999). Null for what is none.
 */
export function fromFifteenDigits(idNo: string, today: Day): string | null {
  if (!/^[1-9]\d{14}$/.test(idNo)) return null
  const body = `${idNo.slice(0, 6)}19${idNo.slice(6)}`
  const whole = body + checkDigit(body)
  return idFault(whole, today) === null ? whole : null
}

/** Spreadsheets keep fifteen digits of a number and write zeros behind them. */
export function isZeroed(idNo: string): boolean {
  return idNo.endsWith('000') && /^\d{18}$/.test(idNo)
}
