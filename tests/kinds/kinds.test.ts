import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codesOf, OUTCOME_LABELS, STAGE_LABELS } from '../../src/domain/obligation/vocabulary.ts'
import { checkResult } from '../../src/kinds/check-result.ts'
import type { LedgerRow } from '../../src/kinds/kind.ts'
import { IMPORTED_KIND, KIND_LABELS, kindOf, KINDS, onlyBegunBy } from '../../src/kinds/kinds.ts'
import { REGISTRY } from '../../src/kinds/registry.ts'
import { readCampaignTemplate } from '../../src/services/campaigns/template.ts'

const DAYS = { today: '2022-06-10', issuedOn: '2022-06-01' }
const first = <T>(of: readonly T[]): T => of[0]!
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
  everLate: false,
  facts: {},
  result: null,
}
/** What every kind took before it had a result of its own; a warning always had its outcome. */
const earlier = fc.record(
  {
    outcome: fc.constantFrom(...codesOf(OUTCOME_LABELS)),
    note: fc.string({ maxLength: 2000 }),
    counts: fc.dictionary(fc.string({ maxLength: 50 }), fc.nat()),
  },
  { requiredKeys: ['outcome'] },
)
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
  it('reads the results that an earlier release stored', () => {
    fc.assert(
      fc.property(earlier, (result) => {
        const stored = kind.storedResult.parse(result)
        expect(kind.storedResult.parse(printed(stored))).toEqual(stored)
      }),
    )
  })

  it('reads what it has written: the facts of a template, and its own sample without its texts', () => {
    const said = kind.begins.includes('template') ? { partner: 'education', period: 'H1' } : {}
    expect(kind.facts.parse(printed(kind.facts.parse(said)))).toEqual(said)
    const sample = kind.sampleResult(first, DAYS)
    const codes = Object.fromEntries(Object.entries(sample).filter(([field]) => !kind.texts.includes(field)))
    expect(kind.storedResult.parse(printed(codes))).toEqual(codes)
  })

  it('takes the sample an officer hands in, whatever is picked, and no field it does not know', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const sample = kind.sampleResult((of) => of[seed % of.length]!, DAYS)
        expect(checkResult(kind, { facts: {}, ...DAYS }, sample)).toEqual({ result: sample, issues: [] })
      }),
    )
    const sample = kind.sampleResult(first, DAYS)
    const { issues } = checkResult(kind, { facts: {}, ...DAYS }, { ...sample, picnics: 3 })
    expect(issues).toMatchObject([{ refused: 'bad-result', pointer: '/result/picnics' }])
    expect(kind.facts.safeParse({ picnics: 3 }).success).toBe(false)
  })

  it('says at each stage what to do, in one phrase that ends a line', () => {
    for (const stage of codesOf(STAGE_LABELS)) expect(kind.mail[stage]).toMatch(/^\p{Script=Han}[^\s。→]+$/u)
    expect(new Set(Object.values(kind.mail)).size).toBe(3)
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

it('only visits that go on after it outlive a campaign, and acceptance brings nothing about yet', () => {
  expect(KINDS.filter((kind) => kind.outlivesCampaign).map(({ code }) => code)).toEqual(['monitoring-visit'])
  for (const kind of KINDS)
    expect(
      kind.follows({
        ...DAYS,
        facts: {},
        group: null,
        externalId: null,
        result: kind.sampleResult(first, DAYS),
      }),
    ).toEqual([])
})

describe('a result that does not fit', () => {
  const issuesOf = (given: unknown) => checkResult(kindOf('warning'), { facts: {}, ...DAYS }, given).issues

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
