import { z } from 'zod'
import { type ActionCode, type ActionField, actionRule, ACTIONS } from '../../domain/obligation/actions.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'

type FieldSchemas = Record<ActionField, z.ZodType>
type FieldsOf<C extends ActionCode> = (typeof ACTIONS)[C]['fields'][number]
type ActionSchema<C extends ActionCode, F extends FieldSchemas> = z.ZodObject<
  { action: z.ZodLiteral<C> } & Pick<F, FieldsOf<C>>,
  z.core.$strict
>
type AnyActionSchema<F extends FieldSchemas> = { [C in ActionCode]: ActionSchema<C, F> }[ActionCode]

/** The body of an action: for each row of the table its code and the fields it names, and no others. */
export function actionUnion<F extends FieldSchemas>(fields: F) {
  const schemaOf = (code: ActionCode) =>
    z.strictObject({
      action: z.literal(code),
      ...Object.fromEntries(actionRule(code).fields.map((field) => [field, fields[field]])),
    })
  // The compiler cannot follow a row to its fields; the shape asserted here is what `schemaOf` makes of them.
  const schemas = codesOf(ACTIONS).map(schemaOf) as unknown as [AnyActionSchema<F>, ...AnyActionSchema<F>[]]
  const words = codesOf(ACTIONS).map((code) => `${code} ${actionRule(code).label}`)
  return z.discriminatedUnion('action', schemas).describe(words.join('、'))
}
