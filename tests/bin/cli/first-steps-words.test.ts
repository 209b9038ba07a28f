import { expect, test } from 'vitest'
import { firstStepsWords } from '../../../src/bin/cli/first-steps-words.ts'
import type { FirstSteps } from '../../../src/bin/start/first-steps.ts'

const STEPS = {
  county: { mailState: 'preparing' },
  administrator: 'zhang@bureau.example.cn',
  link: { url: 'http://127.0.0.1:8730/app/set-password#token=x', until: '2026-12-02 10:00' },
} as FirstSteps
const AT = { url: 'http://127.0.0.1:8730', data: '' }

test('what to do next stands step by step: sign in, people, campaign, mail', () => {
  const lines = firstStepsWords(STEPS, AT).split('\n')
  expect(lines.filter((line) => /^ {2}\d\./.test(line)).map((line) => line.slice(2, 9))).toEqual([
    '1. 登录:用',
    '2. 登记人员',
    '3. 核对行动',
    '4. 开放邮件',
  ])
  expect(lines[1]).toBe('     http://127.0.0.1:8730/app/set-password#token=x')
  expect(lines.join('\n')).toContain('npm run duban -- county open-mail')
})

test('commands name the data directory that was given, and nobody is given a link who has a password', () => {
  const words = firstStepsWords({ ...STEPS, link: null }, { ...AT, data: 'elsewhere' })
  expect(words).toContain('county open-mail --data elsewhere')
  expect(words).not.toContain('set-password')
  expect(words).toContain('zhang@bureau.example.cn')
})
