import { expect, test } from 'vitest'
import { isUtf8ReadAsGbk } from '../../src/ledgers/misread.ts'
import { read, withCells } from './support.ts'

const asGbk = (text: string) => new TextDecoder('gbk').decode(Buffer.from(text)).replaceAll('\ufffd', '')

test.each(['王某', '张三丰', '李小龙', '欧阳娜娜', '赵六'])('%s, read as GBK, is no name', async (name) => {
  expect(isUtf8ReadAsGbk(asGbk(name))).toBe(true)
  const { errors } = await read(withCells({ 姓名: asGbk(name) }))
  expect(errors).toMatchObject([
    { column: '姓名', rule: 'lost-character', message: expect.stringContaining('请') },
  ])
})

test.each(['çŽ‹æŸ', 'å¼ ä¸‰', 'ÍõÄ³', '鐜嬫煇'])(
  '%s, bytes read as other characters, is no name',
  async (name) => {
    expect((await read(withCells({ 姓名: name }))).errors).toMatchObject([{ rule: 'lost-character' }])
  },
)

test.each([
  '王某',
  '欧阳娜娜',
  '宓芬芳',
  '濮存昕',
  '買買提',
  '淅川',
  '燕燕燕',
  '阿不都热依木',
  'José Ángel',
  'Müller',
])('%s is a name', async (name) => {
  expect(isUtf8ReadAsGbk(name)).toBe(false)
  expect((await read(withCells({ 姓名: name }))).errors).toEqual([])
})
