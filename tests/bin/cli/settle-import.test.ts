import { afterEach, expect, test, vi } from 'vitest'
import type { Choices } from '../../../src/bin/cli/choices.ts'
import { filesTotal } from '../../../src/bin/cli/files-total.ts'
import { importLines } from '../../../src/bin/cli/list-imports.ts'
import type { MappedOutcome } from '../../../src/bin/cli/mapping-asked.ts'
import type { Service } from '../../../src/bin/cli/service.ts'
import { isToSettle, settleImport } from '../../../src/bin/cli/settle-import.ts'

const CHECKED: MappedOutcome = {
  ...{ id: 'im_1', state: 'validated', kind: 'warnings', filename: '预警.csv', silent: false, dryRun: true },
  ...{ rows: 4, accepted: 4, duplicates: 0, changed: 0, refused: 0, remarked: 0, registered: 0 },
  ...{ problem: null, undone: null, errors: [], errorGroups: [], forecast: { alreadyLate: 4 } },
  ...{ mapping: null, unknownWords: [], skipped: [], notes: [], sheet: null },
}
const command = (args: string) => `duban ${args}`
afterEach(() => vi.restoreAllMocks())

/** Settles a checked file with these answers. @returns what was asked of the service, and told */
async function settled(
  answers: string[],
  choices: Choices = {},
  more: Partial<MappedOutcome> = {},
  file?: string,
) {
  const sent: unknown[] = []
  let told = ''
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (told += `${line}\n`))
  const call = (path: string, init?: RequestInit) => {
    if (init === undefined) return Promise.resolve({ items: [], nextCursor: null })
    sent.push(JSON.parse(String(init.body)))
    if (path.endsWith('/changes/actions')) return Promise.resolve({ decided: 1, refused: [] })
    return Promise.resolve({ ...CHECKED, ...more, state: 'applied', registered: 4 })
  }
  const service = { call } as unknown as Service
  let asked = ''
  const ask = (question: string) => {
    asked += question
    return Promise.resolve(answers.shift() ?? '')
  }
  await settleImport(service, { ...CHECKED, ...more }, {}, { ask, choices, file })
  return { sent, told, asked, choices }
}

test('old rows are registered in silence or aloud, as somebody says; Enter says the same of the next file', async () => {
  const quiet = await settled(['1'])
  expect(quiet.sent).toEqual([{ action: 'apply', withdraw: false, silent: true }])
  expect(quiet.told).toContain('已登记')
  const loud = await settled(['2'])
  expect(loud.sent).toEqual([{ action: 'apply', withdraw: false, silent: false }])
  const next = await settled([''], loud.choices)
  expect(next.sent).toMatchObject([{ silent: false }])
  expect(next.asked.split('\n')).toEqual([
    '登记这 4 行(4 件已经逾期)?',
    '  1 登记,已逾期的不发通知(历史数据)',
    '  2 登记,已逾期的照发通知',
    '  3 先不登记',
    '写序号(回车 = 2,同上):',
  ])
})

test('a number means the same for the next file, whatever was answered before', async () => {
  const loud = await settled(['2'])
  expect((await settled(['1'], loud.choices)).sent).toMatchObject([{ silent: true }])
})

test('who is late and what is due today is named with its row, town and day', async () => {
  const due = (row: number, dueOn: string) => ({ row, externalId: `FX${row}`, town: '毛坝镇', dueOn })
  const forecast = {
    ...{ alreadyLate: 4, late: [due(7, '2026-11-27'), due(2, '2026-11-28'), due(3, '2026-11-28')] },
    ...{ dueToday: 1, today: [due(4, '2026-11-30')] },
  }
  const { asked } = await settled(['3'], {}, { forecast })
  expect(asked.split('\n').slice(0, 3)).toEqual([
    '登记这 4 行(4 件按签发日期已经逾期)?',
    '已经逾期:第 7 行 FX7 毛坝镇(11-27 到期)、第 2 行 FX2 毛坝镇(11-28 到期)、第 3 行 FX3 毛坝镇(11-28 到期) 等 4 件。',
    '今天到期 1 件:第 4 行 FX4 毛坝镇(11-30 到期)。',
  ])
})

test('rows that go back to the platform are not offered to be mended', async () => {
  const group = {
    rule: 'unknown-town',
    column: '乡镇',
    rows: 1,
    message: '这是外县的乡镇。请把这条预警退回平台。',
  }
  const late = { forecast: { alreadyLate: 0 } }
  const all = await settled(['1'], {}, { ...late, refused: 1, errorGroups: [group] })
  expect(all.asked).not.toContain('写成表')
  expect(all.told).toContain('没有登记的 1 行请退回平台,不用改。')
  const some = await settled(['1', '2'], {}, { ...late, refused: 3, errorGroups: [group] }, '/a/甲.csv')
  expect(some.asked).toContain('没有登记的 3 行(其中 1 行请退回平台,不用改),写成表去改?')
  // Beside the file, wherever the command was typed.
  expect(some.asked).toContain('1 写到 /a/预警-退回行.csv')
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
    '表改好后再导入:duban import "/a/甲-退回行.csv" --silent',
    '撤回一个:duban import --undo 编号(编号用 import --list 看)',
  ])
})

test('the end of a run counts what was updated, unchanged and waiting, and tells a refused file in short', () => {
  const errors = [2, 3].map((row) => ({ row, column: '', rule: 'duplicate', message: '', found: null }))
  const done = { ...CHECKED, state: 'applied', registered: 4, changed: 3, duplicates: 2, errors }
  const changes = { automatic: 0, asked: 1, partly: 0, closed: 0, applied: 2, dismissed: 0 }
  const problem = {
    code: 'digits-lost',
    message: '身份证号一列被表格软件改动过:有 15 个号码丢失。请重新导出。',
  }
  const lines = filesTotal(
    [
      { name: '甲.csv', done, changes },
      { name: '乙.csv', done: { ...CHECKED, state: 'refused', problem } },
    ],
    command,
  ).split('\n')
  expect(lines.slice(2, 4)).toEqual([
    '  甲.csv:登记 4,更新 2,没有变化 2,等待确认 1:duban import --changes im_1',
    '  乙.csv:没有导入(身份证号一列被表格软件改动过;办法见上)',
  ])
})

test('a list counts what was updated and unchanged, and says how to see what waits', () => {
  const listed = {
    ...CHECKED,
    state: 'applied',
    registered: 4,
    changed: 3,
    duplicates: 2,
    createdAt: '2026-11-30T01:00:00Z',
  }
  const lines = importLines([listed], new Map([['im_1', { updated: 2, asked: 1 }]]), command).split('\n')
  expect(lines).toEqual([
    'im_1  2026-11-30  预警.csv  已登记  共 4 行,登记 4,更新 2,等待确认 1,没有变化或重复 2,拒绝 0',
    '  等待确认的 1 行:duban import --changes im_1',
  ])
})

test('a list names the sheet, and a file of which nothing can be registered leaves no work', () => {
  const listed = { ...CHECKED, filename: '台账.xlsx', sheet: '六月', createdAt: '2022-06-02T01:00:00Z' }
  expect(importLines([listed])).toContain('台账.xlsx(表“六月”)  检查完毕')
  expect(importLines([{ ...listed, accepted: 0, sheet: null }])).toContain('台账.xlsx  没有可登记的行')
})
