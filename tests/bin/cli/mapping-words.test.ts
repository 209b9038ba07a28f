import { expect, test } from 'vitest'
import type { Asked, MappedOutcome } from '../../../src/bin/cli/mapping-asked.ts'
import { askedWords, notUnderstoodWords, rememberedLines } from '../../../src/bin/cli/mapping-words.ts'

const command = (args: string) => `duban ${args}`
const DONE: MappedOutcome = {
  ...{ id: 'im_1', state: 'applied', silent: false, problem: null, undone: null, errors: [] },
  ...{ rows: 10, accepted: 10, duplicates: 0, changed: 0, refused: 0, remarked: 0, registered: 10 },
  ...{ forecast: { alreadyLate: 0 }, mapping: null, unknownWords: [], skipped: [], notes: [], sheet: null },
  ...{ kind: 'warnings', errorGroups: [] },
}
const asks = (asked: Partial<Asked>) =>
  askedWords(
    {
      ...DONE,
      state: 'mapping-needed',
      mapping: { sheets: [], columns: [], missing: [], words: [], choices: {}, ...asked },
    },
    command,
  ).split('\n')

test('without a terminal what is missing is named, unused columns beside it, and the line that goes on', () => {
  const lines = asks({
    columns: [
      { name: '流转序列', samples: ['A1'], field: 'externalId', confidence: 'likely' },
      { name: '备注', samples: [], field: null, confidence: 'none' },
    ],
    missing: ['name', 'phone'],
  })
  expect(lines).toEqual([
    '导入停下了,要先说明。文件已收下(编号 im_1),什么都还没有登记。',
    '没有找到:姓名(必须有)、联系电话',
    '待确认:“流转序列”看来是“预警编号”(例:A1)',
    '没有用到的列:',
    '  “备注”',
    expect.stringContaining('说明后继续'),
    '  duban import --continue im_1 --map 流转序列=预警编号 --map 备注=姓名',
  ])
})

test('of several unused columns none is guessed', () => {
  const columns = ['甲', '乙'].map((name) => ({ name, samples: [], field: null, confidence: 'none' }))
  expect(asks({ columns, missing: ['name', 'level'] }).at(-1)).toBe(
    '  duban import --continue im_1 --map 列名1=姓名 --map 列名2=预警等级',
  )
})

test('unknown words are listed with their rows, and two ways to go on', () => {
  const words = [
    { field: 'level', word: '一等', rows: 3 },
    { field: 'town', word: '老街', rows: 2, formerly: 'sn.ak.zy.gone' },
  ]
  const lines = asks({ words })
  expect(lines).toContain('  预警等级“一等”(3 行)')
  expect(lines).toContain('  乡镇“老街”(2 行),以前说明过的单位(sn.ak.zy.gone)已经没有了')
  expect(lines).toContain('  duban import --continue im_1 --word "预警等级:一等=…" --word "乡镇:老街=…"')
  expect(lines.at(-1)).toContain('duban import --continue im_1 --refuse-unknown')
})

test('an import that refused rows for a word says how they come in', () => {
  const done = {
    ...{ ...DONE, refused: 1, skipped: [{ row: 9, what: '合计' }] },
    unknownWords: [
      { field: 'level', word: '一等', rows: 1 },
      { field: 'cause', word: '因婚', rows: 2 },
    ],
  }
  expect(notUnderstoodWords(done, '预警.csv', command)).toEqual([
    '跳过不是预警的行:第 9 行 合计',
    '有的行因为不认识的词没有登记:预警等级“一等”(1 行)',
    '说明一次再导入这个文件,已登记的不会重复(把 … 换成它的意思):duban import 预警.csv --word "预警等级:一等=…"',
    '登记了但这一项没有认出来的词:致贫返贫因素“因婚”(2 行)',
  ])
  expect(notUnderstoodWords({ ...done, state: 'validated' }, undefined, command)[2]).toContain(
    '说明后重新检查(把 … 换成它的意思):duban import --continue im_1 --word',
  )
})

test('what is remembered is listed with how to forget it', () => {
  const said = { createdAt: '2022-06-06T01:00:00.000Z', columns: null, sheet: null, word: null }
  const items = [
    {
      ...said,
      id: 'mp_1',
      columns: { 甲: 'name', 乙: null },
      uses: 2,
      lastUsedAt: '2022-06-07T01:00:00.000Z',
    },
    {
      ...{ ...said, id: 'wd_1', uses: null, lastUsedAt: null },
      word: { field: 'town', word: '老街', meaning: 'sn.ak.zy.gone', label: null },
    },
  ]
  expect(rememberedLines(items, command).split('\n')).toEqual([
    'mp_1  甲 = 姓名、乙 = 不用;用过 2 次,最近 2022-06-07',
    'wd_1  乡镇“老街”= sn.ak.zy.gone(已经没有这个单位)',
    '忘记一条:duban import --forget 编号',
  ])
  expect(rememberedLines([], command)).toContain('还没有')
})

test('what a sheet hides is told before the rows that were passed over', () => {
  const done = {
    ...DONE,
    notes: ['第 5–9 行在表中是隐藏的,也读入了。'],
    skipped: [{ row: 20, what: '合计' }],
  }
  expect(notUnderstoodWords(done, 'a.xlsx', command)).toEqual([
    '第 5–9 行在表中是隐藏的,也读入了。',
    '跳过不是预警的行:第 20 行 合计',
  ])
})
