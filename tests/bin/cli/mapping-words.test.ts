import { expect, test } from 'vitest'
import type { Asked, MappedOutcome } from '../../../src/bin/cli/mapping-asked.ts'
import { askedWords } from '../../../src/bin/cli/mapping-words.ts'
import { notUnderstoodWords } from '../../../src/bin/cli/not-understood.ts'
import { recognisedLines } from '../../../src/bin/cli/recognised-lines.ts'
import { toldWords } from '../../../src/bin/cli/tell-import.ts'
import { nextWords } from '../../../src/bin/cli/next-words.ts'
import { rememberedLines } from '../../../src/bin/cli/remembered-lines.ts'

const command = (args: string) => `duban ${args}`
const DONE: MappedOutcome = {
  ...{
    id: 'im_1',
    state: 'applied',
    silent: false,
    filename: '预警.csv',
    problem: null,
    undone: null,
    errors: [],
  },
  ...{ rows: 10, accepted: 10, duplicates: 0, changed: 0, refused: 0, remarked: 0, registered: 10 },
  ...{ forecast: { alreadyLate: 0 }, mapping: null, unknownWords: [], skipped: [], notes: [], sheet: null },
  ...{ kind: 'warnings', errorGroups: [] },
}
const SAID = { columns: {}, words: {} }
const asks = (asked: Partial<Asked>, done: Partial<MappedOutcome> = {}) =>
  askedWords(
    {
      ...DONE,
      ...done,
      state: 'mapping-needed',
      mapping: {
        sheets: [],
        columns: [],
        missing: [],
        words: [],
        choices: {},
        mayLack: ['phone', 'idNo'],
        ...asked,
      },
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
    '说明以后就登记,并照常发通知。',
    '没有找到:姓名(必须有)、联系电话',
    '待确认:“流转序列”看来是“预警编号”(例:A1)',
    '没有用到的列:',
    '  “备注”',
    '文件里确实没有这些列的,继续时写明没有,就照没有登记:--without 联系电话',
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
    { field: 'level', word: '一等', rows: 3, blocks: true },
    { field: 'town', word: '老街', rows: 2, blocks: true, formerly: 'sn.ak.zy.gone' },
  ]
  const lines = asks({ words })
  expect(lines).toContain('  预警等级“一等”(3 行)')
  expect(lines).toContain('  乡镇“老街”(2 行),以前说明过的单位(sn.ak.zy.gone)已经没有了')
  expect(lines).toContain('  duban import --continue im_1 --word "预警等级:一等=…" --word "乡镇:老街=…"')
  expect(lines.at(-1)).toContain('duban import --continue im_1 --refuse-unknown')
})

test('words that keep rows out stand before those that leave a cell empty, each with what may be chosen', () => {
  const words = [
    { field: 'cause', word: '因婚', rows: 9, blocks: false },
    { field: 'level', word: '一等', rows: 3, blocks: true },
  ]
  const choices = {
    level: ['红色', '橙色', '黄色'].map((name) => ({ code: name, name })),
    cause: [{ code: 'illness', name: '因病' }],
  }
  const lines = asks({ words, choices })
  expect(lines.slice(2, 8)).toEqual([
    '必须说明的词(不说明,这些行登记不了;签发时间读不出的行不算在内):',
    '  预警等级“一等”(3 行)',
    '    预警等级可以选:红色、橙色、黄色',
    '可以不说明的词(照样登记,这一项留空并备注):',
    '  致贫返贫因素“因婚”(9 行)',
    '    致贫返贫因素可以选:因病',
  ])
  // What need not be said is not in the line to type.
  expect(lines).toContain('  duban import --continue im_1 --word "预警等级:一等=…"')
})

test('a file without numbers of households can go on, and the line says how', () => {
  const lines = asks({ missing: ['idNo'] })
  expect(lines.join()).toContain('--without 身份证号')
  expect(lines.join()).toContain('按姓名和住址登记')
  expect(lines.at(-1)).toBe('  duban import --continue im_1 --without 身份证号')
  expect(asks({ missing: ['idNo'], mayLack: [] }).join()).not.toContain('--without')
})

test('after a check the line that registers is printed, and the one that says the same of the next file', () => {
  const said = { columns: { 流转序列: '预警编号' }, words: {}, refuseUnknown: true }
  const nothing = { columns: {}, words: {} }
  const checked = { ...DONE, state: 'validated' }
  expect(nextWords(checked, nothing, 'a.csv', command)).toEqual(['登记这 10 行:duban import --apply im_1'])
  expect(nextWords(checked, said, '/data/预警.csv', command)).toEqual([
    '登记这 10 行:duban import --apply im_1',
    '说明已记住,本县下次这样的文件不再问。写在命令里是:duban import "/data/预警.csv" --map 流转序列=预警编号',
  ])
  // Of an import that goes on, nobody knows where its file is: no line is printed that would not find it.
  expect(nextWords(checked, said, undefined, command)[1]).toBe(
    '说明已记住,本县下次这样的文件不再问。写在命令里,这一步的说明是:--map 流转序列=预警编号',
  )
  expect(nextWords(DONE, nothing, undefined, command)).toEqual([])
  expect(nextWords({ ...checked, kind: 'withdrawals' }, nothing, undefined, command)).toEqual([])
})

test('a line that registers says all that it does, and is not there where nothing is to be done', () => {
  const nothing = { columns: {}, words: {} }
  const checked = { ...DONE, state: 'validated', accepted: 0 }
  const counts = { automatic: 0, asked: 1, partly: 0, closed: 0, applied: 0, dismissed: 0 }
  const lines = (more: Partial<MappedOutcome>, changes = counts) =>
    nextWords({ ...checked, ...more }, nothing, 'a.csv', command, changes)
  expect(lines({})).toEqual(['没有要登记的行。'])
  expect(lines({ completeFrom: '2022-06-01', completeUntil: '2022-06-02' })).toEqual(['没有要登记的行。'])
  expect(lines({}, { ...counts, automatic: 2 })).toEqual(['自动更新 2 行:duban import --apply im_1'])
  expect(lines({ accepted: 3, completeFrom: '2022-06-01' }, { ...counts, automatic: 2 })).toEqual([
    '登记这 3 行,自动更新 2 行,不撤销任何事项:duban import --apply im_1',
  ])
  expect(lines({ accepted: 3, forecast: { alreadyLate: 3 } })).toEqual([
    '登记这 3 行,已逾期的照发通知:duban import --apply im_1',
    '登记这 3 行,已逾期的不发通知:duban import --apply im_1 --silent',
  ])
  expect(lines({ accepted: 3, silent: true, forecast: { alreadyLate: 3 } })).toEqual([
    '登记这 3 行,已逾期的不发通知:duban import --apply im_1',
  ])
})

test('what a file claims is in the line that says the same again', () => {
  const said = { columns: { 编码: '预警编号' }, words: {} }
  const line = (more: Partial<MappedOutcome>) =>
    nextWords({ ...DONE, state: 'validated', ...more }, said, 'w.csv', command).at(-1)
  expect(line({ kind: 'withdrawals' })).toMatch(/import w\.csv --map 编码=预警编号 --withdrawals$/)
  expect(line({ completeFrom: '2022-06-01', completeUntil: '2022-06-02' })).toMatch(
    / --complete 2022-06-01\.\.2022-06-02$/,
  )
})

test('an import that refused rows for a word says how they come in', () => {
  const done = {
    ...{ ...DONE, refused: 1, skipped: [{ row: 9, what: '合计' }] },
    unknownWords: [
      { field: 'level', word: '一等', rows: 1, blocks: true },
      { field: 'cause', word: '因婚', rows: 2, blocks: false },
    ],
  }
  expect(notUnderstoodWords(done, '预警.csv', command)).toEqual([
    '跳过不是预警的行:第 9 行 合计',
    '有的行因为不认识的词没有登记:预警等级“一等”(1 行)',
    '只是叫法不同的,说明一次再导入这个文件,已登记的不会重复(把 … 换成它的意思);本来就写错的或外县的不要说明,改正或退回平台:duban import 预警.csv --word "预警等级:一等=…"',
    '没有认出来的词,这一项空着登记,原来的写法在备注里:',
    '  致贫返贫因素“因婚”(2 行)',
    '    致贫返贫因素可以选:因病、因学、因残、因失业、因灾、因疫',
  ])
  expect(notUnderstoodWords({ ...done, state: 'validated' }, undefined, command)[2]).toContain(
    '说明后重新检查(把 … 换成它的意思)',
  )
  expect(notUnderstoodWords({ ...done, state: 'undone' }, undefined, command).join()).not.toContain('因婚')
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
  const told = toldWords(done, { command }, { file: 'a.xlsx', said: SAID })
  expect(told[1]).toBe('第 5–9 行在表中是隐藏的,也读入了。')
  expect(told).toContain('跳过不是预警的行:第 20 行 合计')
})

test('what a file was recognised by is shown for checking before it is registered, known names not', () => {
  const columns = [
    { name: '风险编码', field: 'externalId' },
    { name: '姓名', field: 'name' },
    { name: '身份证号码', field: 'idNo' },
    { name: '证照号', field: 'idNo' },
    { name: '备注', field: null },
  ]
  const told = (state: string) => toldWords({ ...DONE, state, columns }, { command }, { said: SAID })
  expect(told('validated').slice(1, 4)).toEqual([
    '按列名认出 2 列:姓名、身份证号码',
    '认出的列(请核对,不对的用 --map 说明):风险编码→预警编号、证照号→身份证号',
    '没有用到的列:“备注”',
  ])
  expect(told('applied').join()).not.toContain('风险编码')
})

test('what stops says which mode goes on: checking, registering, in silence, or proposing to cancel', () => {
  const goesOn = (done: Partial<MappedOutcome>) => asks({}, done)[1]
  expect(goesOn({ dryRun: true })).toContain('说明以后只检查,不登记;检查完会给出登记的命令。')
  expect(goesOn({ silent: true })).toContain('按历史数据:已逾期的不发通知。')
  expect(goesOn({ kind: 'withdrawals', dryRun: true })).toContain('确认了才撤销')
})

test('a row with an unknown word comes in by a line that says again how the file was read, a blank in its name or not', () => {
  const done = {
    ...{ ...DONE, refused: 1, silent: true, sheet: '六 月' },
    ...{ completeFrom: '2022-06-01', completeUntil: '2022-06-02' },
    unknownWords: [{ field: 'level', word: '一等', rows: 1, blocks: true }],
  }
  expect(notUnderstoodWords(done, '/data/我的 预警.xlsx', command).at(-1)).toContain(
    'duban import "/data/我的 预警.xlsx" --sheet "六 月" --complete 2022-06-01..2022-06-02 --silent --word "预警等级:一等=…"',
  )
})

test('a column of a list of withdrawals is called by what it is there: a reason', () => {
  const columns = [
    { name: '说法', field: 'detail' },
    { name: '事由', field: 'detail' },
    { name: '代号', field: 'externalId' },
  ]
  const done = { ...DONE, kind: 'withdrawals', state: 'validated', columns }
  expect(recognisedLines(done)).toEqual([
    '按列名认出 1 列:事由',
    '认出的列(请核对,不对的用 --map 说明):说法→撤回原因、代号→预警编号',
  ])
})

test('a sheet that was only checked is not said to be remembered', () => {
  const line = (state: string, columns: Record<string, string> = {}) =>
    nextWords({ ...DONE, state }, { columns, words: {}, sheet: '六月' }, 'a.xlsx', command).at(-1)
  expect(line('validated')).toBe('选的工作表登记以后才记住。写在命令里是:duban import a.xlsx --sheet 六月')
  expect(line('validated', { 甲: '姓名' })).toMatch(/^说明已记住,.*选的工作表登记以后才记住。/)
  expect(line('applied')).toMatch(/^说明已记住,本县下次这样的文件不再问。写在/)
})

test('two columns of one name are told with values of both, and not said to be missing', () => {
  const lines = asks({
    columns: [
      { name: '联系电话', samples: ['199****0001'], field: null, confidence: 'none' },
      { name: '联系电话(第 9 列)', samples: ['199****0002'], field: null, confidence: 'none' },
    ],
    missing: ['phone'],
  })
  expect(lines[2]).toBe(
    '文件里有 2 列都像“联系电话”,都有内容:“联系电话”(例:199****0001)、“联系电话(第 9 列)”(例:199****0002)。请对照例子,说明用哪一列。',
  )
  expect(lines.join('\n')).not.toMatch(/没有找到|--without/)
})

test('a column of row numbers under the name of the number is told as such and never offered', () => {
  const lines = asks({
    columns: [{ name: '预警编号', samples: ['101', '102', '103'], field: null, confidence: 'none' }],
    missing: ['externalId'],
  })
  expect(lines[2]).toMatch(/^“预警编号”一列只是行的序号.例:101、102、103.+请在平台导出时勾选“预警编号”。$/)
  expect(lines.at(-1)).not.toContain('预警编号=预警编号')
})

test('a level is explained with what the county gives it, here and on a terminal', () => {
  const lines = asks({
    words: [{ field: 'level', word: '一等', rows: 3, blocks: true }],
    choices: { level: [{ code: 'red', name: '红色', workingDays: 3 }] },
  })
  expect(lines).toContain('    预警等级可以选:红色(3 个工作日内核查)')
})

test('what was recognised is told before what is asked', () => {
  const columns = [
    { name: '预警编号', samples: [], field: 'externalId', confidence: 'certain' },
    { name: '户主', samples: ['张*'], field: 'name', confidence: 'likely' },
  ]
  const lines = asks({ columns })
  expect(lines.indexOf('按列名认出 1 列:预警编号')).toBe(2)
  expect(lines.join('\n')).toMatch(/按列名认出.*\n待确认:“户主”/)
})

test('an optional word can be explained by a line with what may be chosen, until it is registered', () => {
  const unknownWords = [{ field: 'group', word: '低保户', rows: 1, blocks: false }]
  const told = (state: string) => notUnderstoodWords({ ...DONE, state, unknownWords }, 'a.csv', command)
  expect(told('validated')).toEqual([
    '没有认出来的词,这一项空着登记,原来的写法在备注里:',
    '  重点人群类别“低保户”(1 行)',
    expect.stringContaining('重点人群类别可以选:边缘易致贫人口、'),
    expect.stringContaining('duban import --continue im_1 --word "重点人群类别:低保户=…"'),
  ])
  expect(told('applied').join()).not.toContain('--continue')
})

test('all sheets of a workbook are imported by one line; without its place only one can be said', () => {
  const sheets = [
    { name: '六月', rows: 8 },
    { name: '七 月', rows: 12 },
  ]
  const done: MappedOutcome = {
    ...{ ...DONE, state: 'mapping-needed', dryRun: true },
    mapping: { sheets, columns: [], missing: [], words: [], choices: {}, mayLack: [] },
  }
  expect(askedWords(done, command, '/d/台账.xlsx').split('\n').at(-1)).toBe(
    '  duban import "/d/台账.xlsx" --sheet 六月 --sheet "七 月" --dry-run',
  )
  expect(askedWords(done, command)).not.toContain('几张都要')
})

test('a long name stands once in what is told of a file', () => {
  const file = '/d/很长很长的名字.csv'
  const unknownWords = [{ field: 'level', word: '一等', rows: 1, blocks: true }]
  const said = { columns: { 甲: '姓名' }, words: {} }
  const told = toldWords({ ...DONE, unknownWords }, { command }, { file, said }).join('\n')
  expect(told.split(file)).toHaveLength(2)
  expect(told).toContain('这一步的说明是:--map 甲=姓名')
})

test('a remembered mapping is told with the file of which it was said', () => {
  const mapping = { id: 'mp_1', columns: { 甲: 'name' }, sheet: null, word: null, createdAt: '2022-06-01' }
  const told = rememberedLines([{ ...mapping, uses: null, lastUsedAt: null, file: '六月.csv' }], command)
  expect(told).toContain('mp_1  甲 = 姓名(说明时的文件:六月.csv)')
})

test('whoever is asked next reads the columns in one line, and of the sheets what is left and what follows', () => {
  const columns = [
    { name: '风险编码', field: 'externalId' },
    { name: '姓名', field: 'name' },
    { name: '备注', field: null },
  ]
  const done = { ...DONE, state: 'validated', columns, otherSheets: ['七月', '八 月'] }
  const told = (more: object) =>
    toldWords(done, { command }, { file: 'a.xlsx', said: SAID, asks: true, ...more })
  expect(told({})).toContain(
    '认出 2 列:1 列按列名认出;另 1 列请核对(不对的用 --map 说明):风险编码→预警编号;没有用到:备注。',
  )
  expect(told({ again: true }).join()).not.toContain('--map')
  expect(told({ columnsTold: true }).join()).not.toContain('认出')
  expect(told({}).join()).toContain(
    '没有读“七月”、“八 月”;要读的:duban import a.xlsx --sheet 七月 --sheet "八 月"',
  )
  const besides = { read: ['八 月'], next: ['七月'] }
  expect(told({ besides })).toContain('这张以后接着读“七月”。')
  expect(told({ besides: { read: ['七月', '八 月'], next: [] } }).join()).not.toMatch(/没有读|接着读/)
})
