import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readPolicyFile } from '../../src/domain/escalation/policy-file.ts'
import { KIND_LABELS } from '../../src/kinds/kinds.ts'
import { rulesRead, rungsOf, titleOf, wordsOf } from '../../web/src/pages/rules/rules-read.ts'
import { ruleChangeEn, ruleNameEn } from '../../web/src/words/rule-changes.en.ts'

const { rules } = readPolicyFile(
  readFileSync('templates/example-policy.yaml', 'utf8'),
  KIND_LABELS,
  'example-policy.yaml',
)
const { written: read, redo } = rulesRead(rules)
const ruleCalled = (name: string) => {
  const found = read.find(({ label }) => label === name)
  if (!found) throw new Error(`no rule ${name} among ${read.map(({ label }) => label).join(', ')}`)
  return found
}

it('the page has every rule that somebody wrote once, and how long a redo has', () => {
  const labels = read.map(({ label }) => label)
  expect(labels.slice(0, 2)).toEqual(['红色预警核查', '橙色预警核查'])
  expect(labels).toContain('复核')
  expect(new Set(labels).size).toBe(labels.length)
  expect(redo && wordsOf(redo).limit).toBe('原时限的一半;固定日期的 3 个工作日')
  // The page says so once, for all of them.
  const redone = rules.filter(({ stage }) => stage === 'redo')
  expect(new Set(redone.map((rule) => wordsOf(rule).limit)).size).toBe(1)
  for (const rule of redone)
    expect(
      read.some((one) => rungsOf(one).join() === rungsOf(rule).join()),
      rule.label,
    ).toBe(true)
})

it('each says its limit, its reminders and who is told once it is late', () => {
  const red = ruleCalled('红色预警核查')
  expect(wordsOf(red).limit).toBe('3 个工作日')
  expect(wordsOf(red).reminders).toContain('提前 1 个工作日提醒')
  expect(rungsOf(red)[0]).toMatch(/^逾期 1 个工作日找/)
  expect(rungsOf({ ...red, ladder: [] })).toHaveLength(1)
  const { repeat: _repeat, ...once } = red
  expect(rungsOf({ ...once, ladder: [] })).toEqual(['无'])
})

it('what is no rule is left out', () =>
  expect(rulesRead([{ code: 'x' }])).toEqual({ written: [], redo: null }))

it('all of it is told in English', () => {
  const said = read.flatMap((rule) => [
    ruleNameEn(rule.label),
    ...[wordsOf(rule).limit, wordsOf(rule).reminders, ...rungsOf(rule)].map(ruleChangeEn),
  ])
  expect(said.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([])
  expect(ruleNameEn('红色预警核查(重办)')).toMatch(/^Warning verification \(Red\), redo$/i)
})

it('a rule for one category says which, in English too', () => {
  const own = {
    ...ruleCalled('红色预警核查'),
    groups: ['unstable-exit' as const],
    causes: ['illness' as const],
  }
  expect(titleOf(own)).toBe('红色预警核查(脱贫不稳定人口·因病)')
  expect(ruleNameEn(titleOf(own))).not.toMatch(/\p{Script=Han}/u)
  expect(ruleChangeEn('重点人群:不分 → 脱贫不稳定人口、突发严重困难户')).not.toMatch(/\p{Script=Han}/u)
  expect(ruleChangeEn('致贫返贫因素:因病')).not.toMatch(/\p{Script=Han}/u)
})
