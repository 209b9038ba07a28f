import { expect, test } from 'vitest'
import { checkDetail, checkLines, linesOfCheck } from '../../../src/domain/escalation/standing-check.ts'

test('where all is well there is one line', () => {
  expect(linesOfCheck(checkDetail([], 152))).toEqual([
    { words: '常态核查:一切正常,在办 152 件都有人盯,没有遗漏', path: '/admin', isWell: true },
  ])
})

test('each thing that is left is a line with its number and the page where it is looked at', () => {
  const left = [
    { code: 'unreached', count: 12 },
    { code: 'mails', count: 1 },
  ] as const
  expect(linesOfCheck(checkDetail(left, 7))).toEqual(checkLines(left, 7))
  expect(checkLines(left, 7)).toEqual([
    { words: '常态核查:名册上没有任何工作到户的户 12 户', path: '/roster?reach=unreached', isWell: false },
    { words: '常态核查:三天没有结果的邮件 1 封', path: '/mails', isWell: false },
  ])
})
