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
