import type { PossibleAction } from './use-actions.ts'

/** How a field is filled in. `list`: any number of rows, each with `fields` of its own. */
type InputType = 'text' | 'choice' | 'number' | 'day' | 'flag' | 'list'
/** One field of a form. `path` is where its value stands in the body: `reason`, or `result.outcome`. */
export type Input = {
  path: string
  required: boolean
  type: InputType
  codes?: string[]
  /** The Chinese word of each code, where the schema tells it. */
  codeWords?: Record<string, string>
  /** Its Chinese name, where the schema tells it. */
  title?: string
  most?: number
  /** The part of a checklist it belongs to. */
  step?: string
  /** It is asked for only while another field has one of these codes, and then it has to be filled in. */
  when?: { path: string; codes: string[] }
  /** Of a list. Their paths begin with the row. */
  fields?: Input[]
  least?: number
}

type Schema = {
  type?: string
  format?: string
  title?: string
  description?: string
  enum?: string[]
  const?: string
  anyOf?: Schema[] | undefined
  maxLength?: number
  minItems?: number
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  'x-when'?: Record<string, string[]>
  /** The API takes it, for programs of old; no form asks for it. */
  'x-unasked'?: boolean
}

/** An object so deep is a step of a checklist: `result.steps.visit`. */
const STEP_DEPTH = 2

/** The fields of an action's form, from the schemas the API gives. A record with free names has no form. */
export function inputsOf(fields: PossibleAction['fields']): Input[] {
  return fields.flatMap(({ name, required, schema }) => inputsAt(name, schema as Schema, required))
}

function inputsAt(path: string, schema: Schema, required: boolean): Input[] {
  if (schema['x-unasked']) return []
  const given = schema.anyOf?.find(({ type }) => type !== 'null')
  if (given) return inputsAt(path, { ...schema, anyOf: undefined, ...given }, required)
  if (schema.properties) {
    const inner = inputsIn(`${path}.`, schema, required)
    return path.split('.').length <= STEP_DEPTH ? inner : inner.map((input) => ({ step: path, ...input }))
  }
  const { title } = schema
  const common = { path, required, ...(title !== undefined && { title }), ...whenOf(path, schema) }
  const codes = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  if (codes) return [{ ...common, type: 'choice', codes, ...codeWordsOf(schema, codes) }]
  switch (schema.type) {
    case 'string':
      if (schema.format === 'date') return [{ ...common, type: 'day' }]
      return [{ ...common, type: 'text', ...(schema.maxLength !== undefined && { most: schema.maxLength }) }]
    case 'integer':
    case 'number':
      return [{ ...common, type: 'number' }]
    case 'boolean':
      return [{ ...common, type: 'flag' }]
    case 'array':
      // Files are handed in by their own part of the page.
      if (schema.items?.format === 'attachment') return []
      return [{ ...common, type: 'list', least: schema.minItems ?? 0, fields: rowOf(schema.items ?? {}) }]
    default:
      return []
  }
}

/** What stands in an object. Of an object that may be left out, nothing is required. */
function inputsIn(above: string, schema: Schema, required: boolean): Input[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
    inputsAt(above + name, part, required && (schema.required?.includes(name) ?? false)),
  )
}

/** A row of a list: its fields, or the one value that it is. */
function rowOf(items: Schema): Input[] {
  return items.properties ? inputsIn('', items, true) : inputsAt('', items, true)
}

/** A field that another one calls for. */
function whenOf(path: string, { 'x-when': when }: Schema): Pick<Input, 'when'> {
  const [asked] = Object.entries(when ?? {})
  if (!asked) return {}
  const [name, codes] = asked
  return { when: { path: [...path.split('.').slice(0, -1), name].join('.'), codes } }
}

/** The fields that are asked for now, given what was chosen. */
export function askedOf(inputs: readonly Input[], texts: Texts): Input[] {
  return inputs.flatMap((input) => {
    if (!input.when) return [input]
    const chosen = texts[input.when.path] ?? ''
    return input.when.codes.includes(chosen) ? [{ ...input, required: true }] : []
  })
}

/** A coded field describes its codes with their words: `red 红色、orange 橙色`. */
function codeWordsOf(
  { description }: Schema,
  codes: readonly string[],
): { codeWords?: Record<string, string> } {
  if (description === undefined) return {}
  const listed = `、${description}`
  const starts = codes.map((code) => listed.indexOf(`、${code} `))
  if (starts.includes(-1)) return {}
  const words = codes.map((code, i) => [
    code,
    listed.slice((starts[i] ?? 0) + code.length + 2, starts[i + 1]),
  ])
  return { codeWords: Object.fromEntries(words) as Record<string, string> }
}

/** What was typed into the fields of a form, by their paths. */
export type Texts = Record<string, string>

/** The fields of one row, with the paths under which their texts stand. */
export function rowInputs({ path, fields = [] }: Input, row: number): Input[] {
  return fields.map((field) => ({
    ...field,
    path: `${path}.${row}${field.path === '' ? '' : `.${field.path}`}`,
  }))
}

/** How many rows of a list there are: those that were begun, and at least what is asked for. */
export function rowCount({ path, least = 0 }: Input, texts: Texts): number {
  const begun = Object.keys(texts).flatMap((key) =>
    key.startsWith(`${path}.`) ? [Number(key.slice(path.length + 1).split('.')[0]) + 1] : [],
  )
  return Math.max(least, ...begun)
}

/** Takes a row out; the rows below it move up. */
export function removeRow({ path }: Input, texts: Texts, row: number): void {
  const rows = Object.keys(texts).filter((key) => key.startsWith(`${path}.`))
  const kept = rows.map((key) => [key.slice(path.length + 1).split('.'), texts[key] ?? ''] as const)
  for (const key of rows) Reflect.deleteProperty(texts, key)
  for (const [[nth = '', ...rest], text] of kept) {
    if (Number(nth) === row) continue
    const moved = Number(nth) > row ? Number(nth) - 1 : Number(nth)
    texts[[path, moved, ...rest].join('.')] = text
  }
}

/** The required fields that are empty, by their paths. */
export function lackingOf(inputs: readonly Input[], texts: Texts): string[] {
  return askedOf(inputs, texts).flatMap((input) => {
    if (input.type === 'list')
      return rowsOf(input, texts).flatMap((row) =>
        isEmpty(row, texts) && row.length > 0 && !isNeeded(input, row, texts) ? [] : lackingOf(row, texts),
      )
    const empty = (texts[input.path] ?? '').trim() === ''
    return input.required && input.type !== 'flag' && empty ? [input.path] : []
  })
}

function rowsOf(input: Input, texts: Texts): Input[][] {
  return Array.from({ length: rowCount(input, texts) }, (_, row) => rowInputs(input, row))
}

/** Whether a list has too few rows without this one. */
function isNeeded(input: Input, row: readonly Input[], texts: Texts): boolean {
  const filled = rowsOf(input, texts).filter((other) => !isEmpty(other, texts))
  const nth = rowsOf(input, texts).findIndex(([first]) => first?.path === row[0]?.path)
  return filled.length < (input.least ?? 0) && nth < (input.least ?? 0)
}

function isEmpty(inputs: readonly Input[], texts: Texts): boolean {
  return inputs.every((input) =>
    input.type === 'list'
      ? rowsOf(input, texts).every((row) => isEmpty(row, texts))
      : (texts[input.path] ?? '').trim() === '',
  )
}

/**
 * The fields that show a fault, by their paths in the body. Empty rows are not sent, so the rows of the body may have other
 * numbers than those of the form.
 */
export function placesOf(inputs: readonly Input[], texts: Texts): Record<string, string> {
  const places = askedOf(inputs, texts).flatMap((input) => {
    const sent = input.type === 'list' ? rowsOf(input, texts).filter((row) => !isEmpty(row, texts)) : []
    const inside = sent.flatMap((row, nth) =>
      row.map(({ path }) => [path.replace(rowOfPath(input, path), `${input.path}.${nth}`), path] as const),
    )
    return [[input.path, input.path] as const, ...inside]
  })
  return Object.fromEntries(places)
}

/** The row in which a field of a list stands: `result.lookBack.2`. */
function rowOfPath({ path: list }: Input, path: string): string {
  return `${list}.${path.slice(list.length + 1).split('.')[0] ?? ''}`
}

/** The body's fields; what was left empty is left out, and so are rows with nothing in them. */
export function bodyOf(inputs: readonly Input[], texts: Texts): Record<string, unknown> {
  return valueAt(inputs, texts, '')
}

function valueAt(inputs: readonly Input[], texts: Texts, above: string): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const input of askedOf(inputs, texts)) {
    const steps = input.path.slice(above.length).split('.')
    const last = steps.pop() ?? ''
    const value = input.type === 'list' ? listOf(input, texts) : scalarOf(input, texts[input.path])
    // A result stands there although nothing of it was filled in; a step of it does not.
    if (value === undefined && steps.length !== 1) continue
    const inside = steps.reduce((object, step) => (object[step] ??= {}) as Record<string, unknown>, body)
    if (value !== undefined) inside[last] = value
  }
  return body
}

function listOf(input: Input, texts: Texts): unknown[] | undefined {
  const rows = rowsOf(input, texts).flatMap((row, i) => {
    if (isEmpty(row, texts)) return []
    const [only] = row
    return only?.path === `${input.path}.${i}`
      ? [scalarOf(only, texts[only.path])]
      : [valueAt(row, texts, `${input.path}.${i}.`)]
  })
  return rows.length === 0 ? undefined : rows
}

function scalarOf({ type, required }: Input, typed: string | undefined): unknown {
  const text = typed?.trim() ?? ''
  if (type === 'flag') return text === '' && !required ? undefined : text === 'true'
  if (text === '') return undefined
  // What is no number is sent as it stands: the refusal says what is wanted.
  return type === 'number' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
