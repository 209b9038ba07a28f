import { COLUMNS, type Field, FIELDS, NEEDED } from './columns.ts'
import type { ColumnMapping } from './mapping.ts'
import type { WithoutNumber } from '../domain/obligation/without-number.ts'

/** A mapping says so that a file has no column for a field: this name, and the field. It is remembered by the head like any other. */
const ABSENT = '(无)'

/** The name under which a mapping says that a field has no column: (无)身份证号. */
export function absentName(field: Field): string {
  return `${ABSENT}${COLUMNS[field]}`
}

export function isAbsentName(name: string): boolean {
  return name.startsWith(ABSENT)
}

/** The fields of which somebody said that the file has no column for them. */
export function absentFields(mapping: ColumnMapping): ReadonlySet<Field> {
  const said = Object.entries(mapping).filter(([name]) => isAbsentName(name))
  return new Set(said.flatMap(([, field]) => field ?? []))
}

/** The fields that a file may lack. A warning needs some; a county may want a number of each household. */
export function fieldsToLack(withoutNumber: WithoutNumber): Field[] {
  return FIELDS.filter(
    (field) => !NEEDED.includes(field) && (field !== 'idNo' || withoutNumber === 'register'),
  )
}
