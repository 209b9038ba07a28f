import { z } from 'zod'
import {
  ACTION_FIELDS,
  type ActionCode,
  type ActionField,
  actionRule,
} from '../../domain/obligation/actions.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { FIELD_WORDS } from '../field-words.ts'
import { actionFields } from './action-texts.ts'

/** What a form for the action has: each field with its schema, the result in that of the kind. */
export function formOf(action: ActionCode, kind: Kind) {
  return actionRule(action).fields.map((name) => ({
    ...{ name, label: ACTION_FIELDS[name].label },
    required: name === 'result' || ACTION_FIELDS[name].missing !== null,
    schema: jsonSchemaOf(name, kind),
  }))
}

function jsonSchemaOf(name: ActionField, kind: Kind): Record<string, unknown> {
  const schemas = { ...actionFields, result: kindOf(kind).result }
  const { $schema: _, ...schema } = z.toJSONSchema(schemas[name], { io: 'input' })
  const fields = titled(schema) as Record<string, unknown>
  return name === 'result' ? fields : { title: ACTION_FIELDS[name].label, ...fields }
}

/** Every field has its Chinese name as its title, those inside of others too: a form needs no table of its own. */
function titled(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(titled)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'properties' ? titledFields(value) : titled(value),
    ]),
  )
}

function titledFields(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [
      name,
      { title: FIELD_WORDS[name] ?? name, ...(titled(schema) as object) },
    ]),
  )
}
