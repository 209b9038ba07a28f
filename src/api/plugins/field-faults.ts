import type { FastifyError } from 'fastify'
import type { FieldRule, Problem } from '../../contract/api/common.ts'
import { MISSING_WORD } from '../../contract/refusal-words.ts'
import { pointerToken } from '../../domain/json-pointer.ts'

type Invalid = NonNullable<FastifyError['validation']>[number]
type Fault = NonNullable<Problem['errors']>[number]
/** What zod tells of an issue beside its code. */
type Told = { keys?: string[]; origin?: string; minimum?: number; maximum?: number }

const MOST_OF_A_NAME = 100
/** No answer names more of them: a body of a megabyte has tens of thousands of fields, and each fault is longer than its field. */
export const MOST_FAULTS = 100

/**
 * Where something does not fit, why in Chinese, and by which rule. An unknown field is pointed at by its own name, not by that
 * of the object it stands in.
 */
export function fieldFaults(place: string, { instancePath, keyword, message, params }: Invalid): Fault[] {
  const at = `/${place}${instancePath === '/' ? '' : instancePath}`
  const told = params as Told
  if (keyword === 'unrecognized_keys' && told.keys)
    return told.keys.slice(0, MOST_FAULTS).map((key) => ({
      pointer: `${at}/${pointerToken(key.slice(0, MOST_OF_A_NAME))}`,
      message: message ?? '没有这个字段',
      rule: 'unknown-field',
    }))
  const limit = told.minimum ?? told.maximum
  return [
    {
      pointer: at,
      message: message ?? '不合要求',
      rule: ruleOf(keyword, told, message ?? ''),
      ...(typeof limit === 'number' && { params: { limit } }),
    },
  ]
}

function ruleOf(keyword: string, { origin, minimum }: Told, message: string): FieldRule {
  if (message.startsWith(MISSING_WORD)) return 'missing'
  const isText = origin === 'string'
  const isList = origin === 'array' || origin === 'set'
  switch (keyword) {
    case 'invalid_type':
      return 'wrong-type'
    case 'invalid_value':
    case 'invalid_union':
      return 'not-a-choice'
    case 'invalid_format':
      return 'wrong-format'
    case 'too_small':
      if (isText) return minimum === 1 ? 'empty' : 'too-short'
      return isList ? 'too-few' : 'too-small'
    case 'too_big':
      if (isText) return 'too-long'
      return isList ? 'too-many' : 'too-big'
    default:
      return 'other'
  }
}
