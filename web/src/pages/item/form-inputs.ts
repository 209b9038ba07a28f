import type { PossibleAction } from './use-actions.ts'

/** One field of a form. `path` is where its value stands in the body: `reason`, or `result.outcome`. */
export type Input = { path: string; required: boolean; codes?: string[]; most?: number }

type Schema = {
  type?: string
  enum?: string[]
  maxLength?: number
  properties?: Record<string, Schema>
  required?: string[]
}

/** The fields of an action's form, from the schemas the API gives: one for each text or choice. */
export function inputsOf(fields: PossibleAction['fields']): Input[] {
  return fields.flatMap(({ name, required, schema }) => inputsAt(name, schema as Schema, required))
}

function inputsAt(path: string, schema: Schema, required: boolean): Input[] {
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, part]) =>
      inputsAt(`${path}.${name}`, part, schema.required?.includes(name) ?? false),
    )
  if (schema.enum) return [{ path, required, codes: schema.enum }]
  if (schema.type !== 'string') return []
  return [{ path, required, ...(schema.maxLength !== undefined && { most: schema.maxLength }) }]
}

/** The body's fields; what was left empty is left out. */
export function bodyOf(inputs: readonly Input[], texts: Record<string, string>): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const { path } of inputs) {
    const [name, part] = path.split('.')
    const text = texts[path]?.trim()
    if (name === undefined) continue
    if (part === undefined) {
      if (text) body[name] = text
      continue
    }
    const inner = (body[name] ??= {}) as Record<string, unknown>
    if (text) inner[part] = text
  }
  return body
}
