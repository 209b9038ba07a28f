import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { formOf } from '../../src/contract/api/action-fields.ts'
import { ACTIONS } from '../../src/domain/obligation/actions.ts'
import { METHOD_LABELS, EXIT_REASON_LABELS } from '../../src/domain/obligation/result-words.ts'
import { OUTCOMES } from '../../src/domain/obligation/outcomes.ts'
import { codesOf, OUTCOME_LABELS } from '../../src/domain/obligation/vocabulary.ts'
import { checkResult } from '../../src/kinds/check-result.ts'
import { KIND_CODES, KINDS } from '../../src/kinds/kinds.ts'
import { bodyOf, lackingOf } from '../../web/src/pages/item/form-body.ts'
import { type Input, inputsOf, type Texts } from '../../web/src/pages/item/form-inputs.ts'
import { askedOf, removeRow, rowCount, rowInputs } from '../../web/src/pages/item/form-rows.ts'
import { groupsOf, linesOf } from '../../web/src/pages/item/result-lines.ts'
import { fieldKeys } from '../../web/src/pages/item/word-keys.ts'

const DAYS = { today: '2022-06-10', issuedOn: '2022-06-01' }

const EXITS = codesOf(OUTCOMES).filter((code) => OUTCOMES[code].exit)
const exitOnly = { when: { path: 'result.outcome', codes: EXITS } }

it('handing in a warning asks for the outcome by its codes, for an exit why and by whom, and offers a note', () => {
  expect(inputsOf(formOf('submit', 'warning'))).toMatchObject([
    {
      ...{ path: 'result.outcome', required: true, type: 'choice', codes: Object.keys(OUTCOME_LABELS) },
      ...{ title: '结论', codeWords: OUTCOME_LABELS },
    },
    { path: 'result.exitReason', required: false, codes: Object.keys(EXIT_REASON_LABELS), ...exitOnly },
    { path: 'result.decidedBy', required: false, most: 50, ...exitOnly },
    { path: 'result.note', required: false, type: 'text', most: 2000, title: '说明' },
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
  expect(inputs.filter(({ step }) => step === 'result.steps.visit')).toMatchObject([
    { path: 'result.steps.visit.on', required: true, type: 'day', step: 'result.steps.visit' },
    { path: 'result.steps.visit.by', required: true, most: 50, step: 'result.steps.visit' },
    { path: 'result.steps.visit.note', required: false, most: 500, step: 'result.steps.visit' },
  ])
  expect(
    bodyOf(inputs, { 'result.steps.visit.on': '2022-06-07', 'result.steps.visit.by': ' 王主任 ' }),
  ).toEqual({ result: { steps: { visit: { on: '2022-06-07', by: '王主任' } } } })
})

it('a return asks for its reason alone, and signing for nothing', () => {
  expect(inputsOf(formOf('return', 'warning'))).toEqual([
    { path: 'reason', required: true, title: '原因', type: 'text', most: 500 },
  ])
  expect(inputsOf(formOf('acknowledge', 'warning'))).toEqual([])
})

it('what was left empty is left out of the body', () => {
  const inputs = inputsOf(formOf('submit', 'warning'))
  expect(bodyOf(inputs, { 'result.outcome': 'dibao', 'result.note': '  ' })).toEqual({
    result: { outcome: 'dibao' },
  })
  expect(bodyOf(inputsOf(formOf('return', 'warning')), { reason: ' 请补充 ' })).toEqual({ reason: '请补充' })
})

describe('a comparison', () => {
  const inputs = inputsOf(formOf('submit', 'comparison'))

  it('asks for a day, numbers, and one of its methods with the word of each', () => {
    expect(inputs.map(({ path, type, required }) => [path, type, required])).toEqual([
      ['result.day', 'day', true],
      ['result.compared', 'number', true],
      ['result.hits', 'number', true],
      ['result.raised', 'number', true],
      ['result.how', 'choice', true],
      ['result.digest', 'text', false],
      ['result.reason', 'text', false],
      ['result.note', 'text', false],
    ])
    expect(inputs[4]?.codeWords).toEqual(METHOD_LABELS)
  })

  it('sends numbers as numbers, and what is none as it was typed, for the server to refuse', () => {
    const body = bodyOf(inputs, { 'result.compared': ' 4200 ', 'result.hits': '0', 'result.raised': '三' })
    expect(body).toEqual({ result: { compared: 4200, hits: 0, raised: '三' } })
  })

  it('says which required fields are empty', () => {
    expect(lackingOf(inputs, { 'result.day': '2022-06-01', 'result.hits': ' ' })).toEqual([
      ...['result.compared', 'result.hits', 'result.raised', 'result.how'],
    ])
  })
})

describe('the look-back of a launch', () => {
  const inputs = inputsOf(formOf('submit', 'launch'))
  const list = inputs.find(({ type }) => type === 'list')!
  const filled = (): Texts => ({
    'result.lookBack.0.policy': 'due-exit',
    'result.lookBack.0.finding': '已按时停发',
    'result.lookBack.1.policy': 'tekun-care',
    'result.lookBack.1.finding': '两户没有照料护理协议',
    'result.lookBack.1.problem': 'true',
  })

  it('is a list with at least one row of a choice, a text and a tick', () => {
    expect(list).toMatchObject({ path: 'result.lookBack', required: true, least: 1 })
    expect(rowInputs(list, 2).map(({ path, type }) => [path, type])).toEqual([
      ['result.lookBack.2.policy', 'choice'],
      ['result.lookBack.2.finding', 'text'],
      ['result.lookBack.2.problem', 'flag'],
    ])
    expect([rowCount(list, {}), rowCount(list, filled())]).toEqual([1, 2])
  })

  it('becomes a list in the body; a row with nothing in it is left out', () => {
    const texts = { ...filled(), 'result.lookBack.2.policy': '' }
    expect(bodyOf(inputs, texts)).toEqual({
      result: {
        lookBack: [
          { policy: 'due-exit', finding: '已按时停发' },
          { policy: 'tekun-care', finding: '两户没有照料护理协议', problem: true },
        ],
      },
    })
  })

  it('lacks a first row, and what is empty in a row that was begun', () => {
    expect(lackingOf(inputs, {})).toEqual(['result.lookBack.0.policy', 'result.lookBack.0.finding'])
    expect(lackingOf(inputs, { ...filled(), 'result.lookBack.2.policy': 'other' })).toEqual([
      'result.lookBack.2.finding',
    ])
    expect(lackingOf(inputs, { ...filled(), 'result.lookBack.2.policy': '' })).toEqual([])
  })

  it('loses a row, and those below move up', () => {
    const texts = filled()
    removeRow(list, texts, 0)
    expect(texts).toEqual({
      'result.lookBack.0.policy': 'tekun-care',
      'result.lookBack.0.finding': '两户没有照料护理协议',
      'result.lookBack.0.problem': 'true',
    })
  })
})

/** What somebody types who fills in every field of a form from a result. */
function typedFrom(inputs: readonly Input[], value: unknown): Texts {
  return Object.fromEntries(
    inputs.flatMap((input) => {
      const at = input.path
        .split('.')
        .reduce<unknown>((v, step) => (v as Record<string, unknown>)?.[step], value)
      if (at === undefined) return []
      if (input.type !== 'list') return [[input.path, String(at)]]
      return (at as unknown[]).flatMap((_, i) => Object.entries(typedFrom(rowInputs(input, i), value)))
    }),
  ) as Texts
}

/** The paths of required fields of a schema, those inside of others too; a row of a list is `*`. */
function requiredIn(schema: Record<string, unknown>, path: string): string[] {
  const {
    properties,
    required = [],
    items,
    type,
  } = schema as {
    properties?: Record<string, Record<string, unknown>>
    required?: string[]
    items?: Record<string, unknown>
    type?: string
  }
  if (properties) return required.flatMap((name) => requiredIn(properties[name] ?? {}, `${path}.${name}`))
  if (type === 'array') return [path, ...(items ? requiredIn(items, `${path}.*`) : [])]
  return [path]
}

function pathsOf(inputs: readonly Input[]): string[] {
  return inputs.flatMap((input) => [
    input.path,
    ...(input.fields ?? []).flatMap((field) =>
      pathsOf([{ ...field, path: field.path === '' ? `${input.path}.*` : `${input.path}.*.${field.path}` }]),
    ),
  ])
}

describe.each(KIND_CODES)('the form of %s', (kind) => {
  const { result, sampleResult } = KINDS.find(({ code }) => code === kind)!
  const inputs = inputsOf(formOf('submit', kind))

  it('drops no field that its result requires', () => {
    const schema = z.toJSONSchema(result, { io: 'input' }) as Record<string, unknown>
    const missing = requiredIn(schema, 'result').filter(
      (path) => path !== 'result' && !pathsOf(inputs).includes(path),
    )
    expect(missing).toEqual([])
  })

  it('can hand in what an officer hands in', () => {
    const sample = sampleResult((of) => of[0]!, DAYS)
    const texts = typedFrom(inputs, { result: sample })
    expect(lackingOf(inputs, texts)).toEqual([])
    const { result: sent } = bodyOf(inputs, texts)
    expect(sent).toEqual(JSON.parse(JSON.stringify(sample)))
    expect(
      checkResult(
        KINDS.find(({ code }) => code === kind)!,
        { facts: {}, ...DAYS },
        sent,
      ).issues,
    ).toEqual([])
  })
})

it('what was handed in is shown line by line, lists by row', () => {
  const result = { compared: 12, lookBack: [{ policy: 'due-exit', finding: '已停发' }], note: undefined }
  expect(linesOf(result)).toEqual([
    { path: 'compared', value: 12, row: null },
    { path: 'lookBack.0.policy', value: 'due-exit', row: 1 },
    { path: 'lookBack.0.finding', value: '已停发', row: 1 },
  ])
})

it('a step of a checklist stands by itself, and a field is asked for once another calls for it', () => {
  const schema = {
    type: 'object',
    required: ['how', 'steps'],
    properties: {
      how: { type: 'string', enum: ['moved', 'left'] },
      where: { type: 'string', 'x-when': { how: ['moved'] } },
      steps: {
        type: 'object',
        required: ['visit'],
        properties: {
          visit: { type: 'object', required: ['on'], properties: { on: { type: 'string', format: 'date' } } },
        },
      },
    },
  }
  const inputs = inputsOf([{ name: 'result', label: '', required: true, schema }])
  expect(inputs.find(({ type }) => type === 'day')).toMatchObject({
    ...{ path: 'result.steps.visit.on', required: true, step: 'result.steps.visit' },
  })
  const day = { 'result.steps.visit.on': '2022-06-01' }
  expect(lackingOf(inputs, { ...day, 'result.how': 'left' })).toEqual([])
  expect(lackingOf(inputs, { ...day, 'result.how': 'moved' })).toEqual(['result.where'])
  expect(bodyOf(inputs, { ...day, 'result.how': 'left', 'result.where': '安康' })).toEqual({
    result: { how: 'left', steps: { visit: { on: '2022-06-01' } } },
  })
})

it('a spot check may say that it does not agree, that it does, or nothing of it', () => {
  const inputs = inputsOf(formOf('submit', 'spot-check'))
  const sent = (agrees: string) => bodyOf(inputs, { 'result.agrees': agrees })
  expect(sent('false')).toEqual({ result: { agrees: false } })
  expect(sent('true')).toEqual({ result: { agrees: true } })
  expect(sent('')).toEqual({ result: {} })
})

it.each(['report', 'rectification', 'spot-check'] as const)('the form of %s offers no outcome', (kind) => {
  const paths = inputsOf(formOf('submit', kind)).map(({ path }) => path)
  expect(paths).not.toContain('result.outcome')
  expect(paths).toContain('result.note')
})

it('the steps of a follow-up are shown each by itself; what stands elsewhere on the page is not shown again', () => {
  const step = { on: '2022-06-07', by: '王主任' }
  const result = { outcome: 'dibao', evidence: ['at_1'], steps: { visit: step, publicity: step }, note: '好' }
  expect(groupsOf(result).map(({ step, lines }) => [step, ...lines.map(({ path }) => path)])).toEqual([
    ['visit', 'steps.visit.on', 'steps.visit.by'],
    ['publicity', 'steps.publicity.on', 'steps.publicity.by'],
    [null, 'note'],
  ])
})

it('what a monitoring visit found has the name of its kind', () => {
  expect(fieldKeys('result.finding', 'monitoring-visit')[0]).toBe('field.finding')
  expect(fieldKeys('result.lookBack.0.finding', 'launch')[0]).toBe('form.field.finding')
})

it('a pause asks for its reason, its words and its last day, more time for a number of days', () => {
  expect(inputsOf(formOf('suspend', 'warning')).map(({ path, type, title }) => [path, type, title])).toEqual([
    ['reasonCode', 'choice', '暂停事由'],
    ['reason', 'text', '原因'],
    ['until', 'day', '最晚暂停到'],
  ])
  const [, days] = inputsOf(formOf('request-extension', 'warning'))
  expect(days).toMatchObject({ path: 'days', type: 'number', required: true, title: '申请延长的工作日' })
  const [granted] = inputsOf(formOf('grant-extension', 'warning'))
  expect(granted).toMatchObject({ path: 'grantedDays', type: 'number', required: false })
})

it('every action has a name for each of its fields, in every kind, and drops none', () => {
  for (const kind of KIND_CODES)
    for (const action of codesOf(ACTIONS).filter((code) => code !== 'submit')) {
      const asked = inputsOf(formOf(action, kind))
      expect(asked.map(({ path }) => path)).toEqual([...ACTIONS[action].fields])
      for (const { title } of asked) expect(title).toMatch(/\p{Script=Han}/u)
    }
})
