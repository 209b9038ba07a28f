import { CAUSE_LABELS, GROUP_LABELS, LEVEL_LABELS, SOURCE_LABELS } from '../domain/obligation/vocabulary.ts'
import { COLUMNS, type Field } from './columns.ts'
import { compact } from './normalise.ts'
import type { WordField } from './unknown-words.ts'

export type { WordField }

/** What a word of these columns can mean, code by code. The towns are those of the county. */
const LABELS: Record<Exclude<WordField, 'town'>, Readonly<Record<string, string>>> = {
  level: LEVEL_LABELS,
  cause: CAUSE_LABELS,
  group: GROUP_LABELS,
  source: SOURCE_LABELS,
}
/** Short names that people use for these columns, beside the platform's and the codes. */
const SHORT: Record<WordField, readonly string[]> = {
  level: ['等级', '级别'],
  cause: ['因素', '原因'],
  group: ['人群', '重点人群'],
  source: ['来源', '部门', '来源部门'],
  town: ['镇', '街道'],
}
export const WORD_FIELDS: readonly WordField[] = ['level', 'cause', 'group', 'source', 'town']

/** Whether a row cannot be registered without knowing its word; of the others only the cell stays empty. */
export function isNeededWord(field: string): boolean {
  return field === 'level' || field === 'town'
}

/** The codes that a word of a column can stand for, each with its label. */
export type Meanings = ReadonlyMap<string, string>

export function meaningsOf(field: WordField, towns: readonly { code: string; name: string }[]): Meanings {
  return new Map(
    field === 'town' ? towns.map(({ code, name }) => [code, name]) : Object.entries(LABELS[field]),
  )
}

/** The code of a meaning that is named by code or by label: `red`, 红色; undefined for neither. */
export function meaningOf(meanings: Meanings, text: string): string | undefined {
  if (meanings.has(text)) return text
  const wanted = compact(text)
  return [...meanings].find(([, label]) => compact(label) === wanted)?.[0]
}

/** The field of a code or of the platform's name for its column: `externalId`, 预警编号. */
export function fieldNamed(text: string): Field | undefined {
  const wanted = compact(text)
  return (Object.keys(COLUMNS) as Field[]).find(
    (field) => field === text || compact(COLUMNS[field]) === wanted,
  )
}

/** The field of words that is meant by a code, by the platform's name or by a short one: `level`, 预警等级, 等级. */
export function wordFieldNamed(text: string): WordField | undefined {
  const wanted = compact(text)
  return WORD_FIELDS.find((field) => fieldNamed(text) === field || SHORT[field].includes(wanted))
}
