import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  codesOf,
  OUTCOME_LABELS,
  SOURCE_LABELS,
  STAGE_LABELS,
} from '../../src/domain/obligation/vocabulary.ts'
import { checkResult } from '../../src/kinds/check-result.ts'
import { OUTCOMES } from '../../src/domain/obligation/outcomes.ts'
import type { KindDefinition, LedgerRow } from '../../src/kinds/kind.ts'
import { IMPORTED_KIND, KIND_LABELS, kindOf, KINDS, onlyBegunBy } from '../../src/kinds/kinds.ts'
import { REGISTRY } from '../../src/kinds/registry.ts'
import { readCampaignTemplate } from '../../src/services/campaigns/template.ts'

const row: LedgerRow = {
  externalId: 'YJ1',
  title: '因病红色预警核查',
  state: 'open',
  officeName: '毛坝镇',
  level: 'red',
  cause: 'illness',
  group: null,
  source: 'education',
  issuedOn: '2022-06-01',
  dueOn: '2022-06-07',
  ...{ redoDueOn: null, everLate: false },
  facts: {},
  result: null,
}
const facts = fc.record(
  { partner: fc.constantFrom(...codesOf(SOURCE_LABELS)), period: fc.constantFrom('H1', 'H2', 'Y') },
  { requiredKeys: [] },
)
const result = fc.record(
  {
    outcome: fc.constantFrom(...codesOf(OUTCOME_LABELS)),
    note: fc.string({ maxLength: 2000 }),
    counts: fc.dictionary(fc.string({ maxLength: 50 }), fc.nat()),
  },
  { requiredKeys: ['outcome'] },
)
const DAYS = { today: '2022-06-10', issuedOn: '2022-06-01' }
/** What an officer hands in: each choice of the kind, with a note or none. */
const samplesOf = (kind: KindDefinition) =>
  fc.tuple(fc.nat(), fc.option(fc.string({ maxLength: 2000 }), { nil: undefined })).map(([nth, note]) => ({
    ...kind.sampleResult((of) => of[nth % of.length]!, DAYS),
    ...(note !== undefined && { note }),
  }))
const printed = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('the registry', () => {
  it('names each kind by its own code, with a label of its own', () => {
    expect(KINDS.map(({ code }) => code)).toEqual(Object.keys(REGISTRY))
    expect(new Set(Object.values(KIND_LABELS)).size).toBe(9)
  })

  it('has one kind that a file of the platform brings about', () => {
    expect(KINDS.filter(({ begins }) => begins.includes('import'))).toEqual([IMPORTED_KIND])
    expect(() => onlyBegunBy('import', [])).toThrow(RangeError)
    expect(() => onlyBegunBy('import', [IMPORTED_KIND, IMPORTED_KIND])).toThrow(RangeError)
    expect(() => onlyBegunBy('person', KINDS)).toThrow(RangeError)
  })

  it('does not know a kind that is not in it', () => {
    expect(() => kindOf('picnic')).toThrow(RangeError)
  })
})

describe.each(KINDS)('$code', (kind) => {
  it('reads the facts and results it has written', () => {
    const template = kind.begins.includes('template')
    fc.assert(
      fc.property(facts, fc.oneof(result, samplesOf(kind)), (anyFacts, given) => {
        const known = kind.facts.parse(template ? anyFacts : {})
        const handedIn = kind.storedResult.safeParse(given)
        expect(kind.facts.parse(printed(known))).toEqual(known)
        if (handedIn.success) expect(kind.storedResult.parse(printed(handedIn.data))).toEqual(handedIn.data)
      }),
    )
  })

  it('takes the sample an officer hands in, and no field it does not know', () => {
    const sample = kind.sampleResult((of) => of[0]!, DAYS)
    const of = { ...DAYS, facts: {} }
    expect(checkResult(kind, of, sample)).toEqual({ result: sample, issues: [] })
    const { issues } = checkResult(kind, of, { ...sample, picnics: 3 })
    expect(issues).toMatchObject([{ refused: 'bad-result', pointer: '/result/picnics' }])
    expect(kind.facts.safeParse({ picnics: 3 }).success).toBe(false)
  })

  it('takes whatever an officer may hand in, keeps its codes, and its words apart from them', () => {
    fc.assert(
      fc.property(samplesOf(kind), (sample) => {
        expect(checkResult(kind, { ...DAYS, facts: {} }, sample).issues).toEqual([])
        const { text, codes } = kind.split(sample)
        expect(kind.storedResult.safeParse(codes).success).toBe(true)
        expect(JSON.stringify(codes)).not.toContain('"note"')
        expect(text ?? '').toContain(sample.note?.trim() ?? '')
      }),
    )
  })

  it('says at each stage what to do, in one phrase that ends a line', () => {
    for (const stage of codesOf(STAGE_LABELS)) expect(kind.mail[stage]).toMatch(/^\p{Script=Han}[^\s。→]+$/u)
    expect(new Set(Object.values(kind.mail)).size).toBe(6)
    expect(kind.mail.review).toBe('复核:通过或退回')
    expect(kind.mail.redo).toContain('重新')
  })

  it('has a title, and ledger columns with heads of their own that hold what they say', () => {
    expect(kind.title({ level: null, cause: null, facts: {} })).toMatch(/\p{Script=Han}/u)
    const heads = kind.ledger.map(({ head }) => head)
    expect(new Set(heads).size).toBe(heads.length)
    for (const { type, value, width } of kind.ledger) {
      expect(width).toBeGreaterThan(0)
      const cell = value(row)
      expect(cell === null || typeof cell === (type === 'text' ? 'string' : 'number')).toBe(true)
    }
  })
})

it('a comparison is titled from its facts as the notice titles it', async () => {
  const { phases } = await readCampaignTemplate('safety-net-2022')
  const items = phases.flatMap((phase) => phase.items).filter(({ partner }) => partner)
  expect(items.length).toBeGreaterThan(10)
  for (const { partner, period, title, kind } of items)
    expect(kindOf(kind).title({ level: null, cause: null, facts: { partner, period } })).toBe(title)
})

it('a warning is titled by its cause and level, as far as they are known', () => {
  const titled = (level: 'red' | null, cause: 'illness' | null) =>
    kindOf('warning').title({ level, cause, facts: {} })
  expect([titled('red', 'illness'), titled('red', null)]).toEqual(['因病红色预警核查', '红色预警核查'])
})

it('only visits that go on after it outlive a campaign, and only help that was promised is waived', () => {
  expect(KINDS.filter((kind) => kind.outlivesCampaign).map(({ code }) => code)).toEqual(['monitoring-visit'])
  expect(KINDS.filter((kind) => kind.waivable).map(({ code }) => code)).toEqual(['follow-up'])
})

describe('what follows', () => {
  const done = { ...DAYS, externalId: 'YJ1', group: 'near-poor' } as const

  it.each(codesOf(OUTCOMES))('a warning that ends in %s leads to what its outcome says', (outcome) => {
    const following = kindOf('warning').follows({ ...done, facts: {}, result: { outcome } })
    const { next } = OUTCOMES[outcome]
    const kinds = { 'follow-up': ['follow-up'], monitoring: ['monitoring-visit'] }
    expect(following.map(({ kind }) => kind)).toEqual(next === null ? [] : kinds[next])
    expect(OUTCOMES[outcome].eligible || next !== 'follow-up').toBe(true)
  })

  it('the ineligible of no key group are not visited', () => {
    const of = { ...done, group: null, facts: {}, result: { outcome: 'ineligible' } }
    expect(kindOf('warning').follows(of)).toEqual([])
  })

  it('a visit begins the next one until it ends monitoring or leads to help', () => {
    const after = (finding: string) =>
      kindOf('monitoring-visit').follows({
        ...done,
        facts: { visit: 2, since: '2022-03-01', warning: 'YJ1' },
        result: { finding, visitedOn: '2022-06-09', visitedBy: '李干事' },
      })
    const known = { since: '2022-03-01', warning: 'YJ1' }
    expect(after('unchanged')).toEqual([
      { kind: 'monitoring-visit', facts: { ...known, visit: 3 }, visitAfter: '2022-06-09' },
    ])
    expect(after('enrolled')).toEqual([{ kind: 'follow-up', facts: known, visitAfter: null }])
    for (const end of ['improved', 'moved', 'deceased']) expect(after(end)).toEqual([])
  })

  it('the title of what follows names the outcome, the visit and the warning', () => {
    const titled = (code: string, facts: object) =>
      kindOf(code).title({ level: null, cause: null, facts: { warning: 'YJ1', ...facts } })
    expect(titled('follow-up', { outcome: 'dibao' })).toBe('救助落实:纳入低保(YJ1)')
    expect(titled('monitoring-visit', { visit: 2 })).toBe('监测走访第2次(YJ1)')
  })

  it('a visit of an earlier release stands in the ledger without a finding', () => {
    const { ledger } = kindOf('monitoring-visit')
    const found = ledger.find(({ head }) => head === '走访结果')!
    expect(found.value({ ...row, result: { counts: { 户: 1 } } })).toBeNull()
    expect(() => found.value({ ...row, result: { hits: 1 } })).toThrow()
  })
})

describe('a result that does not fit', () => {
  const issuesOf = (given: unknown) => checkResult(kindOf('warning'), { ...DAYS, facts: {} }, given).issues

  it.each([{}, { outcome: undefined }, undefined])(
    '%o lacks its outcome, in the words of the kind',
    (given) => {
      expect(issuesOf(given ?? {})).toMatchObject([
        {
          refused: 'outcome-required',
          pointer: '/result/outcome',
          message: expect.stringContaining('请选择'),
        },
      ])
    },
  )

  it.each(['done', '', null])('the unknown outcome %j is told by the schema what it may be', (outcome) => {
    const { error } = kindOf('warning').result.safeParse({ outcome })
    expect(issuesOf({ outcome })).toEqual([
      { refused: 'bad-result', pointer: '/result/outcome', message: error?.issues[0]?.message },
    ])
  })

  it('is pointed at by RFC 6901', () => {
    const pointers = issuesOf({ outcome: 'dibao', 'a/b~c': 1, counts: { '/~': -1 } }).map((i) => i.pointer)
    expect(pointers.toSorted()).toEqual(['/result/a~1b~0c', '/result/counts/~1~0'])
  })
})
