import type { PossibleAction } from './use-actions.ts'

/**
 * One field of a form. `path` is where its value stands in the body: `reason`, or `result.steps.visit.on`. `step`: the part of
 * a checklist it belongs to. `when`: it is asked for only while another field has one of these codes.
 */
export type Input = {
  path: string
  required: boolean
  codes?: string[]
  day?: boolean
  most?: number
  step?: string
  when?: { path: string; codes: string[] }
}

type Schema = {
  type?: string
  enum?: string[]
  format?: string
  maxLength?: number
  properties?: Record<string, Schema>
  required?: string[]
  'x-when'?: Record<string, string[]>
}
type Place = { path: string; required: boolean; depth: number }

/** The fields of an action's form, from the schemas the API gives: one for each text, day or choice. */
export function inputsOf(fields: PossibleAction['fields']): Input[] {
  return fields.flatMap(({ name, required, schema }) =>
    inputsAt({ path: name, required, depth: 0 }, schema as Schema),
  )
}

function inputsAt({ path, required, depth }: Place, schema: Schema): Input[] {
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, part]) => {
      const must = required && (schema.required?.includes(name) ?? false)
      const inner = inputsAt({ path: `${path}.${name}`, required: must, depth: depth + 1 }, part)
      return depth < 2 ? inner : inner.map((input) => ({ ...input, step: path }))
    })
  const field = { path, required, ...whenOf(path, schema) }
  if (schema.enum) return [{ ...field, codes: schema.enum }]
  if (schema.type !== 'string') return []
  if (schema.format === 'date') return [{ ...field, day: true }]
  return [{ ...field, ...(schema.maxLength !== undefined && { most: schema.maxLength }) }]
}

/** A field that another one calls for has to be filled in once it is asked for. */
function whenOf(path: string, { 'x-when': when }: Schema): Pick<Input, 'when'> {
  const [asked] = Object.entries(when ?? {})
  if (!asked) return {}
  const [name, codes] = asked
  return { when: { path: [...path.split('.').slice(0, -1), name].join('.'), codes } }
}

/** The fields that are asked for now, given what was chosen; each of them is marked as it has to be filled in. */
export function askedOf(inputs: readonly Input[], texts: Record<string, string>): Input[] {
  return inputs.flatMap((input) => {
    if (!input.when) return [input]
    const chosen = texts[input.when.path] ?? ''
    return input.when.codes.includes(chosen) ? [{ ...input, required: true }] : []
  })
}

/** The body's fields; what was left empty is left out, but for the parts that stand around others. */
export function bodyOf(inputs: readonly Input[], texts: Record<string, string>): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const { path } of askedOf(inputs, texts)) {
    const parts = path.split('.')
    const last = parts.pop()!
    const text = texts[path]?.trim()
    if (!text && parts.length > 1) continue
    const inner = parts.reduce((at, part) => (at[part] ??= {}) as Record<string, unknown>, body)
    if (text) inner[last] = text
  }
  return body
}
