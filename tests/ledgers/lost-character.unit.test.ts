import { expect, test } from 'vitest'
import { lostWords, maskedLostName } from '../../src/ledgers/person-name.ts'
import { foundValue, numberIn } from '../../src/ledgers/mendable-csv.ts'
import { read, withCells } from './support.ts'

test.each([
  ['王?', '第 2 个字丢失(文件里是“?”)'],
  ['王\ufffd明', '第 2 个字丢失(文件里是“\ufffd”)'],
  ['欧阳??', '第 3、4 个字丢失(文件里是“?”)'],
  ['王*', '第 2 个字在文件里就被遮住了'],
  ['王XX', '第 2、3 个字在文件里就被遮住了'],
  ['?三*', '第 1 个字丢失(文件里是“?”),第 3 个字在文件里就被遮住了'],
  ['\ue000某', '第 1 个字丢失'],
  ['ÍõÄ×', '有的字成了乱码'],
  ['锟斤拷', '有的字成了乱码'],
])('%s is told as lost or as hidden, and where', async (name, words) => {
  expect(lostWords(name)).toBe(words)
  const { errors } = await read(withCells({ 姓名: name }))
  expect(errors).toMatchObject([{ rule: 'lost-character', column: '姓名' }])
  expect(errors[0]?.message.startsWith(`${words}。`)).toBe(true)
})

test('the marks of a name that lost characters are shown, and nothing else of it but the first', () => {
  expect(maskedLostName('王?明')).toBe('王?*')
  expect(maskedLostName('锟斤拷')).toBeNull()
})

test('a refused row is told with its number', async () => {
  const { refused, refusedHead, errors } = await read(withCells({ 姓名: '王?' }))
  const part = { head: refusedHead, rows: refused }
  expect(numberIn(part, 2)).toBe('YJ1')
  expect(foundValue(part, errors[0]!)).toBe('王?')
})
