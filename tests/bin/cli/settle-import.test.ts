import { afterEach, expect, test, vi } from 'vitest'
import { filesTotal } from '../../../src/bin/cli/files-total.ts'
import { importLines } from '../../../src/bin/cli/list-imports.ts'
import type { MappedOutcome } from '../../../src/bin/cli/mapping-asked.ts'
import type { Service } from '../../../src/bin/cli/service.ts'
import { type Choices, isToSettle, settleImport } from '../../../src/bin/cli/settle-import.ts'

const CHECKED: MappedOutcome = {
  ...{ id: 'im_1', state: 'validated', kind: 'warnings', filename: '预警.csv', silent: false, dryRun: true },
  ...{ rows: 4, accepted: 4, duplicates: 0, changed: 0, refused: 0, remarked: 0, registered: 0 },
  ...{ problem: null, undone: null, errors: [], errorGroups: [], forecast: { alreadyLate: 4 } },
  ...{ mapping: null, unknownWords: [], skipped: [], notes: [], sheet: null },
}
const command = (args: string) => `duban ${args}`
afterEach(() => vi.restoreAllMocks())

/** Settles a checked file with these answers. @returns what was asked of the service, and told */
async function settled(answers: string[], choices: Choices = {}, more: Partial<MappedOutcome> = {}) {
  const sent: unknown[] = []
  let told = ''
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (told += `${line}\n`))
  const call = (_path: string, init?: RequestInit) => {
    sent.push(JSON.parse(String(init?.body)))
    return Promise.resolve({ ...CHECKED, state: 'applied', registered: 4 })
  }
  const service = { call } as unknown as Service
  let asked = ''
  const ask = (question: string) => {
    asked += question
    return Promise.resolve(answers.shift() ?? '')
  }
  await settleImport(service, { ...CHECKED, ...more }, {}, { ask, choices })
  return { sent, told, asked, choices }
}

test('old rows are registered in silence or aloud, as somebody says; that comes first for the next file', async () => {
  const quiet = await settled(['1'])
  expect(quiet.sent).toEqual([{ action: 'apply', withdraw: false, silent: true }])
  expect(quiet.told).toContain('已登记')
  const loud = await settled(['2'])
  expect(loud.sent).toEqual([{ action: 'apply', withdraw: false, silent: false }])
  expect((await settled(['1'], loud.choices)).sent).toMatchObject([{ silent: false }])
})

test('nothing is registered on a no, and how it is registered later is told', async () => {
  const { sent, told } = await settled(['2'], {}, { forecast: { alreadyLate: 0 } })
  expect(sent).toEqual([])
  expect(told).toMatch(/没有登记。以后登记:.* import --apply im_1/)
})

test('a file without a row to register is not asked about', async () => {
  const { asked, told } = await settled([], {}, { accepted: 0 })
  expect([asked, told]).toEqual(['', '没有可登记的行。\n'])
})

test('what cancels obligations is never registered by an answer', () => {
  expect(isToSettle(CHECKED)).toBe(true)
  expect(isToSettle({ ...CHECKED, kind: 'withdrawals' })).toBe(false)
  expect(isToSettle({ ...CHECKED, completeFrom: '2022-06-01' })).toBe(false)
})

test('of several files each has a line, and one command registers what was only checked', () => {
  const total = filesTotal(
    [
      { name: '甲.csv', done: CHECKED },
      { name: '乙.csv', done: { ...CHECKED, id: 'im_2', refused: 1 } },
      { name: '丙.csv', done: { ...CHECKED, state: 'mapping-needed' } },
      { name: '丁.csv', done: null },
    ],
    command,
  ).split('\n')
  expect(total.slice(2)).toEqual([
    '  甲.csv:还没有登记,可以登记 4',
    '  乙.csv:还没有登记,可以登记 4,没有登记 1',
    '  丙.csv:等待说明,什么都没有登记',
    '  丁.csv:没有导入,原因见上',
    '检查过的 2 个一次登记(8 行),已逾期的照发通知:duban import --apply im_1,im_2',
    '检查过的 2 个一次登记(8 行),已逾期的不发通知:duban import --apply im_1,im_2 --silent',
  ])
})

test('the end of a run tells of each file its main reason and its table, and how all of them go on', () => {
  const group = (rule: string, rows: number, message: string) => ({ rule, column: '姓名', rows, message })
  const done = {
    ...{ ...CHECKED, state: 'applied', registered: 4, refused: 3, silent: true },
    errorGroups: [
      group('x', 1, '姓名有误。'),
      group('missing-name', 2, '姓名为空。请补上'),
      group('remark', 9, '备注'),
    ],
  }
  const lines = filesTotal([{ name: '甲.csv', done, table: '/a/甲-退回行.csv' }], command, 1).split('\n')
  expect(lines.slice(1)).toEqual([
    '── 一共 1 个 ──',
    '  甲.csv:登记 4,没有登记 3(姓名为空 等),表在 /a/甲-退回行.csv',
    '表改好后再导入:duban import 甲-退回行.csv --silent',
    '撤回一个:duban import --undo 编号(编号用 import --list 看)',
  ])
})

test('a list names the sheet, and a file of which nothing can be registered leaves no work', () => {
  const listed = { ...CHECKED, filename: '台账.xlsx', sheet: '六月', createdAt: '2022-06-02T01:00:00Z' }
  expect(importLines([listed])).toContain('台账.xlsx(表“六月”)  检查完毕')
  expect(importLines([{ ...listed, accepted: 0, sheet: null }])).toContain('台账.xlsx  没有可登记的行')
})
