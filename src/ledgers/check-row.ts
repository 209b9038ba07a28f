import { type Day, type Instant, MS_PER_DAY } from '../domain/time/days.ts'
import { type Field, type Layout } from './columns.ts'
import { idFault, idNoOf } from './id-number.ts'
import { compact, issueTime, personName, trimmed, unwrapped } from './normalise.ts'
import { isPhone, phoneOf } from './phone.ts'
import { rowError, type RowError, type RowRule } from './row-error.ts'
import type { WarningRow } from './warning-row.ts'
import { causeOf, groupOf, levelOf, sourceOf, type WordFinder } from './words-of-files.ts'

/** What a row is checked against besides itself. */
export type CheckContext = { townOf: (cell: string) => string | undefined; now: Instant; today: Day }

/** The longest text allowed in each free cell, in characters. */
const LONGEST: readonly (readonly [Field, number])[] = [
  ['externalId', 64],
  ['name', 50],
  ['phone', 64],
  ['village', 100],
  ['detail', 2000],
]

/**
 * Turns a record into a warning, or into one error for each column that fails (R11: refused by row, column and
 * rule).
 */
export function checkRow(
  row: number,
  record: readonly string[],
  { at, names, width }: Layout,
  context: CheckContext,
): WarningRow | RowError[] {
  if (!fitsWidth(record, width)) return [rowError(row, '', 'column-count')]
  const cell = (field: Field) => record[at[field]] ?? ''
  const errors: RowError[] = []
  const fail = (field: Field, rule: RowRule) => void errors.push(rowError(row, names[field], rule))
  const word = <Code extends string>(field: Field, find: WordFinder<Code>, rule: RowRule): Code | null => {
    const code = find(cell(field))
    if (code === undefined && trimmed(cell(field)) !== '') fail(field, rule)
    return code ?? null
  }

  const externalId = unwrapped(cell('externalId'))
  if (externalId === '') fail('externalId', 'missing-id')
  const issued = issueTime(cell('issuedAt'))
  if (!issued) fail('issuedAt', 'bad-date')
  else if (issued.issuedAt > context.now + MS_PER_DAY) fail('issuedAt', 'future-date')
  const level = levelOf(cell('level'))
  if (!level) fail('level', 'unknown-level')
  const cause = word('cause', causeOf, 'unknown-cause')
  const group = word('group', groupOf, 'unknown-group')
  const source = word('source', sourceOf, 'unknown-source')
  const officeCode = context.townOf(cell('town'))
  if (officeCode === undefined) fail('town', 'unknown-town')
  const person = {
    name: personName(cell('name')),
    idNo: idNoOf(cell('idNo')),
    phone: phoneOf(cell('phone')),
    village: trimmed(cell('village')),
    detail: trimmed(cell('detail')),
  }
  checkPerson(person, context.today, fail)
  for (const field of tooLong({ externalId, ...person })) fail(field, 'too-long')

  if (errors.length > 0 || !issued || !level || officeCode === undefined) return onePerColumn(errors)
  return { row, externalId, ...issued, level, cause, group, source, officeCode, person }
}

function checkPerson(
  person: WarningRow['person'],
  today: Day,
  fail: (field: Field, rule: RowRule) => void,
): void {
  if (person.name === '') fail('name', 'missing-name')
  const fault = idFault(person.idNo, today)
  if (fault) fail('idNo', fault)
  if (person.phone !== '' && !isPhone(person.phone)) fail('phone', 'bad-phone')
}

function tooLong(texts: Partial<Record<Field, string>>): Field[] {
  return LONGEST.filter(([field, most]) => (texts[field]?.length ?? 0) > most).map(([field]) => field)
}

/**
 * Empty cells beyond the header are usual in spreadsheets; other extra cells mean that the columns have shifted.
 */
function fitsWidth(record: readonly string[], width: number): boolean {
  return (
    record.length === width || (record.length > width && record.slice(width).every((c) => compact(c) === ''))
  )
}

function onePerColumn(errors: RowError[]): RowError[] {
  return errors.filter((e, i) => errors.findIndex((other) => other.column === e.column) === i)
}
