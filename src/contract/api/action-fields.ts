import { z } from 'zod'
import {
  ACTION_FIELDS,
  type ActionCode,
  type ActionField,
  actionRule,
} from '../../domain/obligation/actions.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { noteField, reasonField } from './action-texts.ts'

/** What a form for the action has: each field with its schema, the result in that of the kind. */
export function formOf(action: ActionCode, kind: Kind) {
  return actionRule(action).fields.map((name) => ({
    ...{ name, label: ACTION_FIELDS[name].label },
    required: name === 'result' || ACTION_FIELDS[name].missing !== null,
    schema: jsonSchemaOf(name, kind),
  }))
}

function jsonSchemaOf(name: ActionField, kind: Kind): Record<string, unknown> {
  const schemas = { reason: reasonField, note: noteField, result: kindOf(kind).result }
  const { $schema: _, ...schema } = z.toJSONSchema(schemas[name], { io: 'input' })
  return schema
}
