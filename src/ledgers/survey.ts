import { createHash } from 'node:crypto'
import type { WithoutNumber } from '../domain/obligation/without-number.ts'
import { maskIdNo, maskName, maskPhone } from '../domain/people/masking.ts'
import { absentFields, fieldsToLack, isAbsentName } from './absent-fields.ts'
import { type Assignment, assignColumns } from './assign-columns.ts'
import { isAboveTowns, nameKey } from './column-names.ts'
import { COLUMNS, type Field, FIELDS, type Layout, namesOf, NEEDED } from './columns.ts'
import type { ContentContext } from './content.ts'
import { columnsOf, type FileColumn } from './file-columns.ts'
import type { Head, NumberedRow } from './head.ts'
import { idNoOf } from './id-number.ts'
import { type ColumnMapping, MappingNeeded, type Survey } from './mapping.ts'
import { phoneOf } from './phone.ts'
import { holdsPlacesAbove } from './places-above.ts'
import { refused } from './refusals.ts'
import { stateColumnOf } from './state-columns.ts'

const SAMPLES = 3
const LONGEST_SAMPLE = 20

/** The columns of a file and the fields that they fill. */
export type SurveyedHead = {
  head: Head
  columns: FileColumn[]
  assignment: Assignment
  /** Of which somebody said that the file has no column for them. */
  absent: ReadonlySet<Field>
  /** Of which somebody said that they fill no field and say nothing. */
  unused: ReadonlySet<FileColumn>
  /** For which two columns of one name hold something: asked whatever was answered before. */
  repeated: ReadonlySet<Field>
}

/** Looks at the columns of a file below its head. @throws FileRefused where a mapping is wrong */
export function surveyHead(
  head: Head,
  rows: readonly NumberedRow[],
  context: ContentContext,
  mapping: ColumnMapping = {},
): SurveyedHead {
  const columns = columnsOf(head, rows, context)
  const given = givenColumns(columns, mapping)
  const unused = new Set(columns.filter((column) => given.get(column) === null))
  return { head, columns, unused, absent: absentFields(mapping), ...assignColumns(columns, given) }
}

/**
 * The layout of a file whose columns are known.
 * @param answered whether somebody was asked before: then a column that nobody named is one that the file has not
 * @throws MappingNeeded while a column is not certain; FileRefused when the file has no column left to ask about
 */
export function certainLayout(
  surveyed: SurveyedHead,
  answered: boolean,
  withoutNumber: WithoutNumber = 'register',
): Layout {
  const { columns, assignment } = surveyed
  const free = columns.length - assignment.size
  const toAsk = fieldsToAsk(surveyed, answered)
  if (toAsk.length === 0) return layoutOf(surveyed)
  const mayLack = fieldsToLack(withoutNumber)
  const missing = FIELDS.filter((field) => !mayLack.includes(field) && !assignment.has(field))
  if (missing.length > free) throw refused('missing-column', namesOf(missing))
  throw new MappingNeeded(surveyOf(surveyed))
}

/** What somebody answered before, or said is not there, is not asked again. */
function fieldsToAsk({ assignment, absent, repeated }: SurveyedHead, answered: boolean): Field[] {
  const open = FIELDS.filter((field) => assignment.get(field)?.confidence !== 'certain' && !absent.has(field))
  return answered ? open.filter((field) => NEEDED.includes(field) || repeated.has(field)) : open
}

/** Where the fields stand as far as they are known. What is likely by its content alone may be another column next week. */
function layoutOf({ head, columns, assignment, unused }: SurveyedHead): Layout {
  const known = (field: Field) => {
    const assigned = assignment.get(field)
    return assigned?.confidence === 'certain' || assigned?.byName ? assigned.column : undefined
  }
  const each = <T>(valueOf: (field: Field) => T) =>
    Object.fromEntries(FIELDS.map((field) => [field, valueOf(field)])) as Record<Field, T>
  const assigned = new Set([...assignment.values()].map(({ column }) => column))
  const free = columns.filter((column) => !assigned.has(column))
  const speaking = free.filter((column) => !unused.has(column))
  const above = free.filter(
    (column) => isAboveTowns(column.key) || (speaking.includes(column) && holdsPlacesAbove(column)),
  )
  return {
    at: each((field) => known(field)?.index ?? -1),
    names: each((field) => known(field)?.name ?? COLUMNS[field]),
    width: head.names.length,
    above: above.map(({ index }) => index),
    states: speaking.flatMap((column) => stateColumnOf(column) ?? []),
  }
}

function surveyOf({ head, columns, assignment, absent }: SurveyedHead): Survey {
  const fieldOf = new Map(
    [...assignment].map(([field, { column, confidence }]) => [column, { field, confidence }]),
  )
  return {
    head: digestOf(head.names),
    columns: columns.map((column) => {
      const { field = null, confidence = 'none' as const } = fieldOf.get(column) ?? {}
      return { name: column.name, samples: samplesOf(column, field), field, confidence }
    }),
    missing: FIELDS.filter((field) => !assignment.has(field) && !absent.has(field)),
  }
}

/** A file's head: what is the same for two files with the same columns in the same order, their names, and what each fills. */
export type FileHead = {
  digest: string
  names: string[]
  fields: (Field | null)[]
  /** Up to three values of each, masked, so that somebody can check what was taken for what. */
  samples: string[][]
  /** Whether a known name says it, or somebody did; else it is likely by what stands in it. */
  byName: boolean[]
}

/** Null where the file has none: two files without a head need not have the same columns. */
export function headOfFile({ head, columns, assignment }: SurveyedHead, layout: Layout): FileHead | null {
  const digest = digestOf(head.names)
  if (digest === '') return null
  const fields = columns.map(({ index }) => FIELDS.find((field) => layout.at[field] === index) ?? null)
  const byName = columns.map((_column, i) => {
    const field = fields[i]
    return field === null || field === undefined || assignment.get(field)?.byName === true
  })
  return {
    ...{ digest, names: columns.map(({ name }) => name), fields, byName },
    samples: columns.map((column, i) => samplesOf(column, fields[i] ?? null)),
  }
}

/** Empty where no column has a name. */
export function digestOf(names: readonly string[]): string {
  if (names.every((name) => name === '')) return ''
  const keys = names.map(nameKey).join('\n').trimEnd()
  return createHash('sha256').update(keys).digest('hex').slice(0, 16)
}

/** What somebody said of the columns. @throws FileRefused for a name that the file has not, and for a field given twice */
function givenColumns(columns: readonly FileColumn[], mapping: ColumnMapping): Map<FileColumn, Field | null> {
  const byName = new Map(columns.map((column) => [nameKey(column.name), column]))
  const given = new Map<FileColumn, Field | null>()
  for (const [name, field] of Object.entries(mapping)) {
    if (isAbsentName(name)) continue
    const column = byName.get(nameKey(name))
    if (!column) throw refused('bad-mapping', `文件里没有“${name}”这一列`)
    const other = [...given].find(([, taken]) => field !== null && taken === field)
    if (other && field) throw refused('bad-mapping', `“${other[0].name}”和“${name}”都对应“${COLUMNS[field]}”`)
    if (field === 'externalId' && column.content.counts) throw refused('row-numbers', `“${column.name}”`)
    given.set(column, field)
  }
  return given
}

/** Up to three values, so that somebody knows the column, and nobody a person. */
export function samplesOf({ cells, content }: FileColumn, field: Field | null): string[] {
  const personal = (['name', 'idNo', 'phone'] as const).find((kind) => content.share[kind] >= 0.5)
  const kind = field ?? personal
  return [...new Set(cells.map((cell) => cell.trim()))].slice(0, SAMPLES).map((cell) => masked(cell, kind))
}

function masked(cell: string, kind: Field | undefined): string {
  const hide = kind && HIDDEN[kind]
  if (hide) return hide(cell).slice(0, LONGEST_SAMPLE)
  const text = cell
    .replace(/(?<!\d)\d{14,17}[\dXx](?!\d)/g, maskIdNo)
    .replace(/(?<!\d)(?:1[3-9]\d{9}|0\d{9,11})(?!\d)/g, maskPhone)
  return text.slice(0, LONGEST_SAMPLE)
}

const HIDDEN: Partial<Record<Field, (cell: string) => string>> = {
  name: maskName,
  idNo: (cell) => maskIdNo(idNoOf(cell)),
  phone: (cell) => maskPhone(phoneOf(cell)),
}
