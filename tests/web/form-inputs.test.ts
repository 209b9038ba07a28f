import { expect, it } from 'vitest'
import { formOf } from '../../src/contract/api/action-fields.ts'
import { OUTCOMES } from '../../src/domain/obligation/outcomes.ts'
import { codesOf, EXIT_REASON_LABELS, OUTCOME_LABELS } from '../../src/domain/obligation/vocabulary.ts'
import { KINDS } from '../../src/kinds/kinds.ts'
import { askedOf, bodyOf, type Input, inputsOf } from '../../web/src/pages/item/form-inputs.ts'

const EXITS = codesOf(OUTCOMES).filter((code) => OUTCOMES[code].exit)
const exitOnly = { when: { path: 'result.outcome', codes: EXITS } }

it('handing in a warning asks for the outcome by its codes, for an exit why and by whom, and offers a note', () => {
  expect(inputsOf(formOf('submit', 'warning'))).toEqual([
    { path: 'result.outcome', required: true, codes: Object.keys(OUTCOME_LABELS) },
    { path: 'result.exitReason', required: false, codes: Object.keys(EXIT_REASON_LABELS), ...exitOnly },
    { path: 'result.decidedBy', required: false, most: 50, ...exitOnly },
    { path: 'result.note', required: false, most: 2000 },
  ])
})

it('the fields of an exit are asked for, and sent, only while an exit is chosen', () => {
  const inputs = inputsOf(formOf('submit', 'warning'))
  const asked = (outcome: string) =>
    askedOf(inputs, { 'result.outcome': outcome }).map(({ path, required }) => [path, required])
  expect(asked('dibao').map(([path]) => path)).toEqual(['result.outcome', 'result.note'])
  expect(asked('deceased')).toContainEqual(['result.decidedBy', true])
  const left = { 'result.outcome': 'dibao', 'result.decidedBy': '镇长' }
  expect(bodyOf(inputs, left)).toEqual({ result: { outcome: 'dibao' } })
})

it('a follow-up is a checklist of four steps, each with its day, person and note', () => {
  const inputs = inputsOf(formOf('submit', 'follow-up'))
  expect([...new Set(inputs.map(({ step }) => step))]).toEqual([
    ...['visit', 'verification', 'publicity', 'supervision'].map((step) => `result.steps.${step}`),
    undefined,
  ])
  expect(inputs.filter(({ step }) => step === 'result.steps.visit')).toEqual([
    { path: 'result.steps.visit.on', required: true, day: true, step: 'result.steps.visit' },
    { path: 'result.steps.visit.by', required: true, most: 50, step: 'result.steps.visit' },
    { path: 'result.steps.visit.note', required: false, most: 500, step: 'result.steps.visit' },
  ])
  expect(
    bodyOf(inputs, { 'result.steps.visit.on': '2022-06-07', 'result.steps.visit.by': ' 王主任 ' }),
  ).toEqual({ result: { steps: { visit: { on: '2022-06-07', by: '王主任' } } } })
})

type Schema = { properties?: Record<string, Schema>; required?: string[]; type?: string }
/** Every place in a schema where a text has to stand, however deep. */
function requiredPlaces(path: string, schema: Schema): string[] {
  if (!schema.properties) return [path]
  return (schema.required ?? []).flatMap((name) =>
    requiredPlaces(`${path}.${name}`, schema.properties?.[name] ?? {}),
  )
}

it.each(KINDS)('the form of $code has every field its result must have', ({ code }) => {
  const fields = formOf('submit', code)
  const wanted = fields.flatMap(({ name, schema }) => requiredPlaces(name, schema as Schema))
  const offered = inputsOf(fields).flatMap((input: Input) => (input.required ? [input.path] : []))
  expect(offered).toEqual(expect.arrayContaining(wanted.filter((path) => path !== 'result')))
})

it('a return asks for its reason alone, and signing for nothing', () => {
  expect(inputsOf(formOf('return', 'warning'))).toEqual([{ path: 'reason', required: true, most: 500 }])
  expect(inputsOf(formOf('acknowledge', 'warning'))).toEqual([])
})

it('what was left empty is left out of the body', () => {
  const inputs = inputsOf(formOf('submit', 'warning'))
  expect(bodyOf(inputs, { 'result.outcome': 'dibao', 'result.note': '  ' })).toEqual({
    result: { outcome: 'dibao' },
  })
  expect(bodyOf(inputsOf(formOf('return', 'warning')), { reason: ' 请补充 ' })).toEqual({ reason: '请补充' })
})
