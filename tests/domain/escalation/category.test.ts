import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import '../../../src/contract/api/common.ts'
import { deadlineLabel } from '../../../src/domain/escalation/deadline-label.ts'
import { differencesOf } from '../../../src/domain/escalation/policy-differences.ts'
import { policyFile, PolicyRefused, readPolicyFile } from '../../../src/domain/escalation/policy-file.ts'
import { NoRule, type Rule, ruleFor } from '../../../src/domain/escalation/policy.ts'
import { isMoreUrgent, isReclassed } from '../../../src/domain/escalation/urgency.ts'
import {
  CAUSE_LABELS,
  codesOf,
  GROUP_LABELS,
  LEVEL_LABELS,
} from '../../../src/domain/obligation/vocabulary.ts'
import { KIND_LABELS, kindOf } from '../../../src/kinds/kinds.ts'

const FILE = readFileSync(new URL('../../../templates/example-policy.yaml', import.meta.url), 'utf8')
const read = (text: string) => readPolicyFile(text, KIND_LABELS, '规则.yaml')
const rule = (code: string, more: string) =>
  `  - code: ${code}\n    label: 急办\n    kinds: [warning]\n    stage: perform\n    ${more}\n    limit: { workingDays: 2 }\n    reminders: []\n    ladder: []\n    watch: shared\n`
/** The example with more rules at the end of its list. */
const withRules = (...rules: string[]) => FILE.replace(/^redo:/m, `${rules.join('')}redo:`)
const faultsOf = (text: string): string => {
  try {
    read(text)
  } catch (error) {
    if (error instanceof PolicyRefused) return error.message
    throw error
  }
  throw new Error('it was accepted')
}

const levels = codesOf(LEVEL_LABELS)
const groups = codesOf(GROUP_LABELS)
const causes = codesOf(CAUSE_LABELS)

const someRule = fc
  .record({
    level: fc.option(fc.constantFrom(...levels), { nil: undefined }),
    groups: fc.option(fc.subarray([...groups], { minLength: 1 }), { nil: undefined }),
    causes: fc.option(fc.subarray([...causes], { minLength: 1 }), { nil: undefined }),
  })
  .map(({ level, groups, causes }) => ({
    ...(level && { level }),
    ...(groups && { groups }),
    ...(causes && { causes }),
  }))
const subject = fc.record({
  level: fc.constantFrom(...levels),
  cause: fc.option(fc.constantFrom(...causes)),
  group: fc.option(fc.constantFrom(...groups)),
})

describe('the choice of a rule (R1)', () => {
  const common = { label: '核查', kinds: ['warning'], stage: 'perform', limit: { workingDays: 1 } }
  const asked = (of: object) =>
    ({ kind: 'warning', stage: 'perform', ...of }) as Parameters<typeof ruleFor>[1]

  test('a rule that fits is found if there is one, and none that fits is more particular', () => {
    /** What each rule says first of: both, the group, the cause, nothing; then the level. */
    const order = (r: Partial<Rule>) =>
      ['both', 'group', 'cause', 'none'].indexOf(
        r.groups ? (r.causes ? 'both' : 'group') : r.causes ? 'cause' : 'none',
      ) *
        2 +
      (r.level ? 0 : 1)
    fc.assert(
      fc.property(fc.array(someRule, { maxLength: 12 }), subject, (some, of) => {
        const rules = some.map((one, i) => ({ ...common, code: `r${i}`, ...one })) as unknown as Rule[]
        const fitting = rules.filter(
          (r) =>
            (!r.level || r.level === of.level) &&
            (!r.groups || r.groups.some((g) => g === of.group)) &&
            (!r.causes || r.causes.some((c) => c === of.cause)),
        )
        const found = () => ruleFor({ rules }, asked(of))
        if (fitting.length === 0) {
          expect(found).toThrow(NoRule)
          return
        }
        expect(fitting).toContain(found())
        expect(order(found())).toBe(Math.min(...fitting.map(order)))
      }),
      { numRuns: 1000 },
    )
  })

  it('is by group and cause, then by group, then by cause, then by level', () => {
    const { rules } = read(
      withRules(
        rule('both', 'level: red\n    groups: [unstable-exit]\n    causes: [illness]'),
        rule('group', 'groups: [unstable-exit]'),
        rule('cause', 'level: red\n    causes: [illness]'),
      ),
    )
    const codeOf = (level: string, group: string | null, cause: string | null) =>
      ruleFor({ rules }, asked({ level, group, cause })).code
    expect(codeOf('red', 'unstable-exit', 'illness')).toBe('both')
    expect(codeOf('red', 'unstable-exit', null)).toBe('group')
    expect(codeOf('yellow', 'unstable-exit', 'illness')).toBe('group')
    expect(codeOf('red', 'near-poor', 'illness')).toBe('cause')
    expect(codeOf('red', null, null)).toBe('warning-red')
    expect(codeOf('orange', 'near-poor', 'illness')).toBe('warning-orange')
    const redo = ruleFor(
      { rules },
      { ...asked({ level: 'red', group: 'unstable-exit', cause: null }), stage: 'redo' },
    )
    expect([redo.code, redo.groups]).toEqual(['group/redo', ['unstable-exit']])
  })
})

describe('a policy file with categories', () => {
  it('is read, written so that it gives the same again, and compared in words', () => {
    const policy = read(
      withRules(rule('own', 'level: red\n    groups: [unstable-exit]\n    causes: [illness, disaster]')),
    )
    expect(read(policyFile(policy)).rules.find(({ code }) => code === 'own')).toEqual(
      policy.rules.find(({ code }) => code === 'own'),
    )
    const [told] = differencesOf(read(FILE), policy, (kind) => kindOf(kind).label)
    expect(told?.changes).toEqual(
      expect.arrayContaining(['重点人群:脱贫不稳定人口', '致贫返贫因素:因病、因灾']),
    )
  })

  it('refuses two that are equally particular, and names both', () => {
    const one = rule('a', 'groups: [unstable-exit, near-poor]').replace('急办', '甲类急办')
    const other = rule('b', 'groups: [near-poor]').replace('急办', '乙类急办')
    expect(faultsOf(withRules(one, other))).toMatch(
      /^规则\.yaml 第 \d+ 行,规则第 \d+ 条·重点人群:规则「甲类急办」和「乙类急办」写得一样具体,都用于同一类户\(边缘易致贫人口\)/,
    )
    // One by group and one by cause are not: the group goes before.
    expect(() => read(withRules(one, rule('b', 'causes: [illness]')))).not.toThrow()
    expect(() => read(withRules(one, rule('b', 'level: red\n    groups: [near-poor]')))).not.toThrow()
  })

  it('refuses one that leaves other households without a rule', () => {
    const text = withRules(rule('a', 'level: red\n    causes: [illness]')).replace(
      /level: red\n {4}stage: perform/,
      'level: red\n    groups: [near-poor]\n    stage: perform',
    )
    const told = faultsOf(text)
    expect(told).toContain('规则「红色预警核查」只用于边缘易致贫人口,其他户没有规则')
    expect(told).toContain('(预警核查·红色·承办)')
  })

  it.each([
    ['groups: [orphan]', '重点人群'],
    ['causes: [laziness]', '致贫返贫因素'],
    ['groups: []', '重点人群'],
  ])('refuses %s with line and field', (more, field) => {
    const text = withRules(rule('a', more))
    const line = text.split('\n').findIndex((one) => one.includes(more)) + 1
    expect(faultsOf(text)).toMatch(new RegExp(`^规则\\.yaml 第 ${line} 行,规则第 \\d+ 条·${field}`))
  })
})

describe('what a rule by category is called', () => {
  const { rules } = read(withRules(rule('own', 'groups: [unstable-exit]')))
  const own = rules.find(({ code }) => code === 'own')!

  it('says the category, once', () => {
    const of = { kindLabel: '预警核查', level: 'red' } as const
    expect(deadlineLabel(own, of)).toBe('急办(脱贫不稳定人口)')
    expect(deadlineLabel({ ...own, label: '脱贫不稳定人口急办' }, of)).toBe('脱贫不稳定人口急办')
    expect(deadlineLabel({ ...own, kinds: ['warning', 'follow-up'] }, of)).toBe(
      '红色预警核查(脱贫不稳定人口)',
    )
  })
})

describe('another category', () => {
  const policy = read(withRules(rule('own', 'groups: [unstable-exit]')))
  const red = { kind: 'warning', level: 'red', cause: null, group: null } as const
  const own = { ...red, group: 'unstable-exit' } as const

  it('is more urgent where its rule gives fewer working days, and is nothing where no rule tells it apart', () => {
    expect([isMoreUrgent(policy, red, own), isMoreUrgent(policy, own, red)]).toEqual([true, false])
    expect(isReclassed(policy, own, red, 'perform')).toBe(true)
    expect(isReclassed(policy, red, { ...red, cause: 'illness' }, 'perform')).toBe(false)
    expect(isReclassed(read(FILE), red, own, 'perform')).toBe(false)
    expect(isMoreUrgent(read(FILE), red, own)).toBe(false)
  })
})
