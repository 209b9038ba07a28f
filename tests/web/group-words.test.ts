import { expect, test } from 'vitest'
import { ROW_RULES } from '../../src/ledgers/row-error.ts'
import { REMARK } from '../../src/ledgers/remark.ts'
import { groupWords, linesOf, split } from '../../web/src/pages/imports/group-words.ts'

test('a group is told by the sentence up to where it says more, with its column where that is not said', () => {
  expect(groupWords({ column: '姓名', message: '姓名为空。请补上户主姓名', rows: 2 })).toBe('姓名为空')
  expect(groupWords({ column: '乡镇', message: '不在名录中:请核对', rows: 1 })).toBe('乡镇:不在名录中')
  expect(groupWords({ column: '', message: '这一行读不出', rows: 1 })).toBe('这一行读不出')
  const lost = { column: '姓名', message: '第 2 个字丢失(文件里是“?”)。知道是什么字的,补正' }
  expect(groupWords({ ...lost, rows: 3 })).toBe('姓名:有的字丢失')
  expect(groupWords({ ...lost, rows: 1 })).toBe('姓名:第 2 个字丢失')
})

test('what changes nothing and what came changed is not among what is to be mended; remarks stand apart', () => {
  const rules = ['empty', 'duplicate', 'changed', REMARK].map((rule) => ({ rule }))
  expect(split(rules)).toEqual({ refused: [{ rule: 'empty' }], remarked: [{ rule: REMARK }] })
  expect(Object.keys(ROW_RULES)).toContain('duplicate')
})

test('the value of one row is not told as that of all', () => {
  const group = { column: '数据来源部门', message: '“民政局”不在名录中,没有登记这一项。' }
  expect(groupWords({ ...group, rows: 1 })).toBe('数据来源部门:“民政局”不在名录中,没有登记这一项')
  expect(groupWords({ ...group, rows: 3 })).toBe('数据来源部门:“…”不在名录中,没有登记这一项')
})

test('in English a sentence ends with its stop, and a column stands apart from it', () => {
  const said = (column: string, message: string) => groupWords({ column, message, rows: 1 })
  expect(said('Town', 'Not in the list of offices. Please check it.')).toBe(
    'Town: Not in the list of offices',
  )
  expect(said('Town', 'The town is not in the list.')).toBe('The town is not in the list')
})

test('problems that read the same are one line with all their rows', () => {
  const group = (rule: string, rows: number) => ({
    rule,
    column: '乡镇',
    rows,
    message: `不在名录中:${rule}`,
  })
  const how = { words: groupWords, about: ({ message }: { message: string }) => message }
  expect(linesOf([group('town', 3), group('unknown', 2)], how)).toEqual([
    { words: '乡镇:不在名录中', about: '不在名录中:town', rows: 5 },
  ])
})
