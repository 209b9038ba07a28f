import type { WorkQueue } from '../../domain/obligation/vocabulary.ts'
import type { DaySort } from '../../services/obligations/search.ts'
import type { ObligationQuestion } from '../obligations/read.ts'
import {
  type Field,
  FIELD_LABELS,
  type Filters,
  FIRST_STANDING,
  KNOWN_FIELDS,
  listFields,
  unknownFields,
  VALUE_LABELS,
} from './list-fields.ts'

/** Reads the question of an address. Each wrong or unknown part is left out and gives one sentence. */
export function readFilters(query: unknown): { filters: Filters; wrong: string[] } {
  // A form sends empty fields; they count as absent.
  const given = Object.fromEntries(Object.entries(query as object).filter(([, text]) => text !== ''))
  const unknown = unknownFields(given).map(unknownSentence)
  const { success, data, error } = listFields.safeParse(given)
  if (success) return { filters: data, wrong: unknown }
  const unfit = new Set(error.issues.map(({ path }) => path[0] as Field))
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !unfit.has(name as Field)))
  return {
    filters: listFields.parse(rest),
    wrong: [...unknown, ...[...unfit].map((field) => sentenceOf(field, Array.isArray(given[field])))],
  }
}

function unknownSentence(name: string): string {
  return `没有“${name}”这个筛选条件,其他条件已保留。可以用:${KNOWN_FIELDS}。`
}

function sentenceOf(field: Field, twice: boolean): string {
  if (field === 'cursor') return LOST_PAGE
  const label = FIELD_LABELS[field]
  if (twice) return `“${label}”给了不止一次,不知道以哪个为准,请重新选择。`
  if (field === 'dueFrom' || field === 'dueTo') return `“${label}”要写成 2022-06-15 这样的日期。`
  const values = VALUE_LABELS[field]
  if (!values) return `“${label}”太长,请不要超过 100 个字。`
  return `“${label}”没有这个选项,请重新选择:${Object.values(values).join('、')}。`
}

export const LOST_PAGE = '页的位置对不上(地址可能被截断了),请从第一页看起。'
export const NO_OFFICE = '“单位”不是本县的单位,请重新选择。'
export const NO_CAMPAIGN = '“行动”不是本县的行动,请重新选择。'

const ROWS = 50

/**
 * The query behind the question: soonest due first, by the holder's due day when few assignments select the rows. A
 * sort that was asked for holds.
 */
export function questionOf({ sort, ...filters }: Filters): ObligationQuestion & { sort: DaySort } {
  const byTurn = BY_TURN.has(filters.standing)
  return { ...filters, limit: ROWS, sort: sort ?? (byTurn ? 'holderDueAt' : 'dueAt') }
}
const BY_TURN: ReadonlySet<string> = new Set<WorkQueue>([
  'pressing',
  'held',
  'overdue',
  'due-today',
  'due-this-week',
  'in-review',
])

/** The address that asks this question. */
export function listAddress(filters: { [F in Field]?: string | boolean | undefined }): string {
  const said = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ||
    (name === 'officeOnly' && value === false) ||
    (name === 'standing' && value === FIRST_STANDING)
      ? []
      : [[name, String(value)] as [string, string]],
  )
  return said.length > 0 ? `/obligations?${new URLSearchParams(said).toString()}` : '/obligations'
}
