import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newObligation } from '../../../src/contract/api/new-obligation.ts'
import { anyResult } from '../../../src/contract/api/results.ts'
import { KINDS } from '../../../src/kinds/kinds.ts'

describe('a result in a request', () => {
  it.each([{}, { outcome: 'dibao' }, { note: '已走访' }, { counts: { households: 3 } }])(
    '%j is what some kind takes',
    (given) => {
      expect(anyResult.parse(given)).toEqual(given)
    },
  )

  it.each([
    [{ outcome: 'done' }, ['outcome']],
    [{ note: 5 }, ['note']],
    [{ counts: { households: -1 } }, ['counts', 'households']],
    [{ picnics: 3 }, ['picnics']],
    [{ day: '2022-06-01', compared: 5, hits: 3, raised: -1, how: 'manual' }, ['raised']],
    ['done', []],
  ])('%j is refused at %j', (given, path) => {
    expect(anyResult.safeParse(given).error?.issues.map((issue) => issue.path)).toEqual([path])
  })

  it('is documented kind by kind', () => {
    const { anyOf = [] } = z.toJSONSchema(anyResult, { io: 'input' })
    const titles = anyOf.map((schema) => (schema as { title?: string }).title)
    expect(titles).toEqual(KINDS.map(({ code, label }) => `${code} ${label}`))
    expect(anyOf[titles.indexOf('warning 预警核查')]).toMatchObject({ required: ['outcome'] })
  })
})

describe('what a person registers', () => {
  it('has one form for each kind that may begin so', () => {
    const kinds = newObligation.options.map((form) => form.shape.kind.value)
    expect(kinds).toEqual(KINDS.filter((kind) => kind.begins.includes('person')).map(({ code }) => code))
    expect(kinds).not.toContain('follow-up')
  })

  it.each(KINDS.filter((kind) => kind.begins.includes('person')))(
    'of $code its form has the fields of its limit and its household',
    ({ code, limit, household }) => {
      const form = newObligation.options.find((one) => one.shape.kind.value === code)!
      const fields = Object.keys(form.shape)
      expect([fields.includes('level'), fields.includes('dueOn')]).toEqual(
        limit === 'working-days' ? [true, false] : [false, true],
      )
      expect(fields.includes('person')).toBe(household !== 'none')
      const { required = [] } = z.toJSONSchema(form, { io: 'input' })
      expect(required.includes('person')).toBe(household === 'required')
    },
  )
})
