import { maskIdNo, maskName, maskPhone } from '../domain/people/masking.ts'
import type { Field } from './columns.ts'
import { compact } from './normalise.ts'
import { isPlaceholder } from './placeholder.ts'
import type { RefusedHead } from './refused-row.ts'

const MASKS: Partial<Record<Field, (value: string) => string>> = {
  name: maskName,
  idNo: maskIdNo,
  phone: maskPhone,
  village: hide,
  detail: hide,
}
/** An identity number or a telephone number in another column than its own. */
const NUMBER_OF_SOMEBODY = /\d{15}|\d{17}[\dXx]|(?<!\d)1\d{10}(?!\d)/

/** The field that a column of the file fills. */
export function fieldAt({ at }: RefusedHead, column: number): Field | null {
  const fields = Object.keys(at) as Field[]
  return fields.find((field) => at[field] === column) ?? null
}

/** A cell for those who may not read households. Of a column that nobody knows, nothing is shown. */
export function maskCell(field: Field | null, value: string): string {
  const mask = field === null ? hide : MASKS[field]
  if (mask) return isPlaceholder(compact(value)) ? value : mask(value)
  return NUMBER_OF_SOMEBODY.test(value) && field !== 'externalId' ? maskIdNo(value) : value
}

function hide(value: string): string {
  return value === '' ? '' : '***'
}
