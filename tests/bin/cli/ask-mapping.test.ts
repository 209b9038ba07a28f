import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { askNumber } from '../../../src/bin/cli/ask-number.ts'
import { type Ask, askMapping } from '../../../src/bin/cli/ask-mapping.ts'
import type { Asked, AskedColumn } from '../../../src/bin/cli/mapping-asked.ts'
import { asking } from '../../../src/bin/cli/terminal.ts'

const NOTHING: Asked = {
  sheets: [],
  columns: [],
  missing: [],
  words: [],
  choices: {},
  mayLack: ['phone', 'idNo'],
}
const column = (name: string, field: string | null = null): AskedColumn => ({
  ...{ name, field, samples: ['张*', '李*'], confidence: field === null ? 'none' : 'likely' },
})

/** Somebody at a terminal, who types these lines one after the other. */
async function answers(asked: Partial<Asked>, ...lines: string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  let shown = ''
  output.on('data', (text: Buffer) => {
    shown += text.toString()
    const next = lines.shift()
    if (next === undefined) input.end()
    else input.write(`${next}\n`)
  })
  const said = await asking({ input, output, left: () => '先停下了' }, (ask) =>
    askMapping({ ...NOTHING, ...asked }, ask),
  )
  return { said, shown, left: lines }
}

test('Enter accepts what a column seems to be; three samples are shown', async () => {
  const { said, shown } = await answers({ columns: [column('流转序列', 'externalId')] }, '')
  expect(said).toEqual({ columns: { 流转序列: 'externalId' }, words: {} })
  expect(shown).toContain('列“流转序列”(例:张*、李*),看来是“预警编号”。回车接受')
})

test('another field may be written, by its Chinese name too; what is none is asked again', async () => {
  const columns = [column('甲', 'name'), column('乙', 'phone')]
  const { said, shown } = await answers({ columns }, '没有这个', '预警内容', '-')
  expect(said.columns).toEqual({ 甲: 'detail', 乙: null })
  expect(shown).toContain('可以写:预警编号、')
})

test('a field without a column is asked with the unused ones, by place or by name', async () => {
  const asked = { columns: [column('甲'), column('乙')], missing: ['externalId', 'phone'] }
  const { said, shown } = await answers(asked, '', '2', '甲')
  expect(said.columns).toEqual({ 乙: 'externalId', 甲: 'phone' })
  expect(shown).toContain('没有找到“预警编号”的列')
  expect(shown).toContain('没有这一项就不能登记预警')
})

test('a field that a file may lack is passed over by Enter, and none is asked for without unused columns', async () => {
  const lacking = await answers({ columns: [column('甲')], missing: ['phone'] }, '')
  expect(lacking.said).toEqual({ columns: {}, words: {}, without: ['phone'] })
  const { said, left } = await answers({ missing: ['phone'] }, 'never typed')
  expect([said.columns, left]).toEqual([{}, ['never typed']])
})

test('a file without numbers of households can go on, or stop', async () => {
  const yes = await answers({ missing: ['idNo'] }, 'y')
  expect(yes.said).toEqual({ columns: {}, words: {}, without: ['idNo'] })
  expect(yes.shown).toContain('按姓名和住址登记')
  expect((await answers({ missing: ['idNo'] }, '')).said).toEqual({ columns: {}, words: {} })
  const refused = await answers({ missing: ['idNo'], mayLack: ['phone'] }, 'never typed')
  expect(refused.said).toEqual({ columns: {}, words: {} })
})

test('words that keep rows out are asked before those that leave a cell empty, and each says which it is', async () => {
  const words = [{ field: 'cause', word: '因婚', rows: 9, blocks: false }, ...WORDS]
  const { said, shown } = await answers({ words, choices }, '1', '2', '')
  expect(said.words).toEqual({ level: { 一等: 'red', 二等: 'yellow' } })
  expect(shown).toMatch(/一等.*这些行登记不了.*因婚.*照样登记,这一项留空并备注/s)
})

test('a proposal that is turned down leaves its field to be asked for', async () => {
  const columns = [column('甲', 'name'), column('乙')]
  expect((await answers({ columns }, '-', '乙')).said.columns).toEqual({ 甲: null, 乙: 'name' })
})

const WORDS = [
  { field: 'level', word: '一等', rows: 3, blocks: true },
  { field: 'level', word: '二等', rows: 2, blocks: true },
]
const choices = {
  level: [
    { code: 'red', name: '红色' },
    { code: 'yellow', name: '黄色' },
  ],
}

test('each word is asked with its rows and what it can mean', async () => {
  const { said, shown } = await answers({ words: WORDS, choices }, '1', '黄色')
  expect(said).toEqual({ columns: {}, words: { level: { 一等: 'red', 二等: 'yellow' } } })
  expect(shown).toContain('预警等级“一等”(3 行),是什么意思?\n  1 红色  2 黄色')
  expect(shown).toMatch(/按本县文件定;拿不准的先空着。接着问“二等”。[^]*“二等”[^]*先空着。\n写序号/)
})

test('of whom no word is explained is asked whether their rows are refused', async () => {
  const refused = await answers({ words: WORDS, choices }, '', '', 'y')
  expect(refused.said).toEqual({ columns: {}, words: {}, refuseUnknown: true })
  expect((await answers({ words: WORDS, choices }, '', '', '')).said).toEqual({ columns: {}, words: {} })
})

test('the sheet of a workbook is asked alone', async () => {
  const sheets = [
    { name: '说明', rows: 3 },
    { name: '八月', rows: 40 },
  ]
  const { said, shown } = await answers({ sheets, missing: ['name'] }, '3', '2')
  expect(said).toEqual({ columns: {}, words: {}, sheet: '八月' })
  expect(shown).toContain('2 八月(40 行)')
})

test('whoever leaves is told how to go on', async () => {
  await expect(answers({ words: WORDS, choices }, '1')).rejects.toThrow('先停下了')
})

test('all sheets of a workbook can be taken where the others can follow', async () => {
  const sheets = [
    { name: '六月', rows: 8 },
    { name: '七月', rows: 12 },
  ]
  const more: string[] = []
  const said = await asked(['3'], (ask) =>
    askMapping({ ...NOTHING, sheets }, ask, (rest) => more.push(...rest)),
  )
  expect([said.sheet, more]).toEqual(['六月', ['七月']])
})

test('a number picks; a yes picks the first of two, and of three it is asked again', async () => {
  expect(await asked(['2'], (ask) => askNumber(ask, '登记?', ['登记', '先不登记']))).toBe(1)
  expect(await asked(['yes'], (ask) => askNumber(ask, '登记?', ['登记', '先不登记']))).toBe(0)
  expect(await asked(['是', '0', '3'], (ask) => askNumber(ask, '登记?', ['甲', '乙', '丙']))).toBe(2)
})

test('lines that were typed ahead answer one question after the other; whoever leaves is told how to go on', async () => {
  const input = new PassThrough()
  input.end('1\n2\n')
  const answered: string[] = []
  const work = asking({ input, output: new PassThrough(), left: () => '先停下了' }, async (ask) => {
    for (;;) answered.push(await ask('?'))
  })
  await expect(work).rejects.toThrow('先停下了')
  expect(answered).toEqual(['1', '2'])
})

/** What somebody at a terminal answers, line by line. */
function asked<T>(lines: string[], work: (ask: Ask) => Promise<T>): Promise<T> {
  return work(() => Promise.resolve(lines.shift() ?? ''))
}

test('a town that is near stands first and is taken by Enter alone; a dash leaves the word unexplained', async () => {
  const words = [{ field: 'town', word: '城关街道办', rows: 3, blocks: true }]
  const town = [
    { code: 'a', name: '毛坝镇' },
    { code: 'b', name: '城关镇' },
  ]
  const near = await answers({ words, choices: { town } }, '')
  expect(near.said.words).toEqual({ town: { 城关街道办: 'b' } })
  expect(near.shown).toMatch(/1 城关镇 {2}2 毛坝镇\n回车确认是“城关镇”/)
  expect((await answers({ words, choices: { town } }, '-', '')).said.words).toEqual({})
  const far = [{ ...words[0], field: 'town', word: '汉阴镇', rows: 1, blocks: true }]
  expect((await answers({ words: far, choices: { town } }, '', '')).said.words).toEqual({})
})

test('a column of heads of households is taken for the name with a word of warning', async () => {
  const { shown } = await answers({ columns: [column('户主', 'name')] }, '')
  expect(shown).toContain('看来是“姓名”(和身份证号是同一个人才选)。回车接受')
})

test('a question that comes again keeps its numbers, and Enter answers as before', async () => {
  let shown = ''
  const ask: Ask = (question) => Promise.resolve(((shown += question), ''))
  expect(await askNumber(ask, '登记?', ['登记', '先不登记'], 1)).toBe(1)
  expect(shown).toBe('登记?\n  1 登记\n  2 先不登记\n写序号(回车 = 2,同上):')
})
