import type { FieldRule } from '../../../src/contract/api/common.ts'
import { counted } from './fill.ts'
import { FIELDS_EN } from './fields.en.ts'
import type { Params } from './refusals.en.ts'

/** The nearest named step of a pointer into a request: `/body/items/2/title` is `title`. */
function fieldAt(pointer: string): string {
  const steps = pointer.split('/').slice(2)
  const name = steps.reverse().find((step) => step !== '' && !/^\d+$/.test(step)) ?? ''
  return name === '' ? 'The content' : `“${FIELDS_EN[name] ?? name}”`
}

/** What a field was refused for by its schema, as a sentence in English. A test goes through all rules. */
export function faultEn(pointer: string, rule: FieldRule, { limit }: Params = {}): string {
  const field = fieldAt(pointer)
  switch (rule) {
    case 'missing':
      return `${field} is missing.`
    case 'empty':
      return `${field} must not be empty.`
    case 'unknown-field':
      return `There is no field ${field} here.`
    case 'wrong-type':
      return `${field} has a wrong type.`
    case 'not-a-choice':
      return `${field} must be one of what is offered.`
    case 'wrong-format':
      return `${field} has a wrong form.`
    case 'too-short':
      return `${field} must have at least ${counted(limit, 'character', 'characters')}.`
    case 'too-long':
      return `${field} must have at most ${counted(limit, 'character', 'characters')}.`
    case 'too-few':
      return `${field} needs at least ${limit}.`
    case 'too-many':
      return `${field} takes at most ${limit}.`
    case 'too-small':
      return `${field} must not be below ${limit}.`
    case 'too-big':
      return `${field} must not be above ${limit}.`
    case 'other':
      return `${field} does not fit.`
  }
}
