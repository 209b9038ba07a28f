import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import '../../../src/contract/api/common.ts'
import { differencesOf } from '../../../src/domain/escalation/policy-differences.ts'
import { policyFile, PolicyRefused, readPolicyFile } from '../../../src/domain/escalation/policy-file.ts'
import { parsePolicy } from '../../../src/domain/escalation/parse-policy.ts'
import { KIND_LABELS, kindOf } from '../../../src/kinds/kinds.ts'

const FILE = readFileSync(new URL('../../../templates/example-policy.yaml', import.meta.url), 'utf8')
const example = parsePolicy(FILE, KIND_LABELS)
const read = (text: string) => readPolicyFile(text, KIND_LABELS, '规则.yaml')
const differences = (before: typeof example, after: typeof example) =>
  differencesOf(before, after, (kind) => kindOf(kind).label)
const lineOf = (words: string) => FILE.split('\n').findIndex((line) => line.includes(words)) + 1

function faultsOf(text: string): string {
  try {
    read(text)
  } catch (error) {
    if (error instanceof PolicyRefused) return error.message
    throw error
  }
  throw new Error('it was accepted')
}

describe('a policy file', () => {
  it('is read as YAML and as JSON', () => {
    expect(read(FILE)).toEqual(example)
    expect(read(policyFile(example))).toEqual(example)
  })

  it('is written so that it gives the same policy again', () => {
    const other = {
      ...example,
      example: false,
      changes: {},
      monitoring: null,
      suspension: null,
      extension: null,
    }
    const { rules, ...rest } = read(policyFile(other))
    expect(rest).toEqual({ ...other, rules: undefined })
    expect(rules.length).toBe(example.rules.length)
  })

  test.each([
    ['limit: { workingDays: 3 }', 'limit: { workingDays: 三 }', /第 1 条·时限/],
    ['label: 红色预警核查', 'label: red', /规则第 1 条·规则名称:规则名称要用中文/],
    ['stage: review', 'stage: audit', /第 9 条·环节.*要是下列之一/],
    ['roles: [bureau-leader], cc', 'roles: [mayor], cc', /第 1 条·.*要是下列之一/],
    ['standing: { roles: [town-head', 'standing: { role: [town-head', /每周概览·role.*没有这个字段/],
  ])('%s as %s is refused with file, line and field', (from, to, words) => {
    const told = faultsOf(FILE.replace(from, to))
    expect(told).toMatch(words)
    expect(told).toContain(`规则.yaml 第 ${lineOf(from)} 行,`)
  })

  it('keeps every part that it has', () => {
    const handOver = { answer: { workingDays: 5, reminders: [], ladder: [] } }
    const own = { ...example, handOver, standingCheck: { roles: ['auditor' as const] }, override: null }
    const { rules, ...rest } = read(policyFile(own))
    expect(rest).toEqual({ ...own, rules: undefined })
    expect(rules.find(({ stage }) => stage === 'hand-over')?.reminders).toEqual([])
  })

  it('with an alias that names nothing is refused with its line', () => {
    const from = 'standingCheck: { roles: [administrator] }'
    const told = faultsOf(FILE.replace(from, 'standingCheck: *nobody'))
    expect(told).toContain(`规则.yaml 第 ${lineOf(from)} 行:里面的引用`)
  })

  it('that is no YAML is refused with its line', () => {
    expect(faultsOf(FILE.replace('rules:\n', 'rules: [\n'))).toMatch(
      /^规则\.yaml 第 \d+ 行:不是合格的 YAML 或 JSON/,
    )
  })
})

describe('two versions', () => {
  it('that say the same have no difference', () => {
    expect(differences(example, read(policyFile(example)))).toEqual([])
  })

  it('are compared in words, rule by rule', () => {
    const after = read(
      FILE.replace('limit: { workingDays: 3 }', 'limit: { workingDays: 2 }')
        .replace("      - { when: due-day, time: '14:30' }\n", '')
        .replace('most: { times: 2, workingDays: 30 }', 'most: { times: 1, workingDays: 30 }')
        .replace('code: follow-up\n', 'code: help\n'),
    )
    const told = differences(example, after)
    expect(told.map(({ rule }) => rule)).toEqual(['红色预警核查', '救助落实', '暂停', '救助落实'])
    expect(told[0]?.changes).toEqual([
      '时限:3 个工作日 → 2 个工作日',
      expect.stringMatching(/^提醒:.*到期日 14:30 提醒.* → /) as string,
    ])
    expect(told[1]?.changes[0]).toBe('新增')
    expect(told[2]?.changes).toEqual(['每件最多:2 次、30 个工作日 → 1 次、30 个工作日'])
    expect(told[3]?.changes).toEqual(['删去'])
  })

  it('are compared in every part, whichever a version changes', () => {
    const kinds = example.rules.map((rule) =>
      rule.code === 'follow-up' ? { ...rule, kinds: [...rule.kinds, 'report' as const] } : rule,
    )
    const handOver = { answer: { workingDays: 5, reminders: [], ladder: [] } }
    const after = { ...example, rules: kinds, handOver, standingCheck: null, override: null }
    expect(differences(example, after)).toEqual([
      { rule: '救助落实', changes: [expect.stringMatching(/^种类:.* → .*、/) as string] },
      { rule: '移交', changes: expect.arrayContaining(['答复时限:2 个工作日 → 5 个工作日']) as string[] },
      {
        rule: '全县',
        changes: ['每日核对:系统管理员 → 不发', '放行通知:救助中心或核对中心或系统管理员 → 不发'],
      },
    ])
  })
})
