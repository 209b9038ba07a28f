import { COLUMNS, type Field } from '../../ledgers/columns.ts'
import type { WordField } from '../../ledgers/word-meanings.ts'
import { CliError } from './cli-error.ts'

/** What somebody said of a file, as the API takes it: fields and meanings by code or by Chinese name. */
export type SaidMapping = {
  columns: Record<string, string | null>
  words: Record<string, Record<string, string>>
  sheet?: string | undefined
  /** Fields for which the file has no column. */
  without?: string[] | undefined
  refuseUnknown?: boolean | undefined
}

/** How a column is called that fills no field. */
const NONE = new Set(['', '-', '无', '不用'])

/**
 * Reads `--map 预警信息编码=预警编号` and `--word 等级:高风险=红色`. The name of a column may have an equals sign in it, so the
 * last one counts. @throws CliError for anything else
 */
export function saidMapping(given: { map?: string[]; word?: string[] }): SaidMapping {
  const said: SaidMapping = { columns: {}, words: {} }
  for (const text of given.map ?? []) {
    const at = text.lastIndexOf('=')
    if (at < 1)
      throw new CliError(`--map 写成“列名=字段”,例如 --map 预警信息编码=预警编号;写成“列名=-”表示不用。`)
    const field = text.slice(at + 1).trim()
    const name = text.slice(0, at)
    if (name in said.columns) throw new CliError(`--map 两次说明了同一列“${name}”:请只留一个。没有做任何事。`)
    said.columns[name] = NONE.has(field) ? null : field
  }
  for (const text of given.word ?? []) {
    const [, field = '', word = '', meaning = ''] = /^([^::]+)[::](.+)=([^=]+)$/.exec(text) ?? []
    if (field === '') throw new CliError(`--word 写成“字段:词=意思”,例如 --word 等级:高风险=红色。`)
    said.words[field] = { ...said.words[field], [word]: meaning }
  }
  return said
}

export function saysSomething({ columns, words, sheet, without = [], refuseUnknown }: SaidMapping): boolean {
  const said = Object.keys(columns).length + Object.keys(words).length + without.length
  return said > 0 || sheet !== undefined || refuseUnknown === true
}

/** Adds what was said later; it holds where both say something. */
export function joinSaid(before: SaidMapping, later: SaidMapping): SaidMapping {
  const words = { ...before.words }
  for (const [field, said] of Object.entries(later.words)) words[field] = { ...words[field], ...said }
  const without = [...new Set([...(before.without ?? []), ...(later.without ?? [])])]
  return {
    ...before,
    ...later,
    columns: { ...before.columns, ...later.columns },
    words,
    ...(without.length > 0 && { without }),
  }
}

/** Whether what was said holds for this file alone: columns without names are not known again. */
export function saysOfThisFileAlone({ columns }: SaidMapping): boolean {
  const names = Object.keys(columns)
  return names.length > 0 && names.every((name) => /^第 \d+ 列$/.test(name))
}

/** The options that say the same, for a command line. */
export function mappingOptions({ columns, words, sheet, without = [], refuseUnknown }: SaidMapping): string {
  return [
    ...(sheet === undefined ? [] : [`--sheet ${quoted(sheet)}`]),
    ...Object.entries(columns).map(
      ([name, field]) => `--map ${quoted(`${name}=${field === null ? '-' : fieldLabel(field)}`)}`,
    ),
    ...Object.entries(words).flatMap(([field, said]) =>
      Object.entries(said).map(
        ([word, meaning]) => `--word ${quoted(`${fieldLabel(field)}:${word}=${meaning}`)}`,
      ),
    ),
    ...without.map((field) => `--without ${quoted(fieldLabel(field))}`),
    ...(refuseUnknown ? ['--refuse-unknown'] : []),
  ].join(' ')
}

/** A shell would take a blank or a bracket in a name for something else. */
export function quoted(text: string): string {
  return /^[\p{L}\p{N}=:_.-]+$/u.test(text) ? text : `"${text.replace(/["$`\\]/g, '\\$&')}"`
}

/** The platform's name of a field, for whoever reads. */
export function fieldLabel(field: string): string {
  return COLUMNS[field as Field | WordField] ?? field
}
