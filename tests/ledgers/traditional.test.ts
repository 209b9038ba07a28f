import { expect, test } from 'vitest'
import { simplified } from '../../src/ledgers/traditional.ts'
import { read, townName, withCells } from './support.ts'

test.each(['紅色', '紅色預警', '紅', '橙色預警', '黃色'])('a level may be written %s', async (text) => {
  const { rows, errors } = await read(withCells({ 预警等级: text }))
  expect([errors, ['red', 'orange', 'yellow']]).toEqual([[], expect.arrayContaining([rows[0]?.level])])
})

test.each(['毛壩鎮', '毛壩', '某某縣毛壩鎮', '毛壩鎮人民政府'])('a town may be written %s', async (text) => {
  const { rows, errors } = await read(withCells({ 乡镇: text }))
  expect([errors, townName(rows[0]?.officeCode ?? '')]).toEqual([[], '毛坝镇'])
})

test.each(['別的縣毛壩鎮', '毛壩鎮別村'])('%s is none of this county', async (text) => {
  const { errors } = await read(withCells({ 乡镇: text, '村(社区)': '龙泉社区' }))
  expect(errors.map(({ rule }) => rule)).toEqual(text.endsWith('村') ? [] : ['unknown-town'])
})

test('a village with the path of another county keeps its row out in traditional characters too', async () => {
  const { errors } = await read(withCells({ '村(社区)': '漢濱縣毛壩鎮龍泉社區' }))
  expect(errors.map(({ rule }) => rule)).toEqual(['unknown-town'])
})

test('causes, groups and sources too; the name of a person stays as it is written', async () => {
  const cells = { 致贫返贫因素: '因殘', 数据来源部门: '殘聯', 姓名: '張龍' }
  const { rows } = await read(withCells(cells))
  expect(rows[0]).toMatchObject({
    ...{ cause: 'disability', source: 'disabled-persons-federation', remarks: [] },
    person: { name: '張龍' },
  })
})

test('what simplified text has itself stays', () => {
  expect(simplified('乾隆著作')).toBe('乾隆著作')
})
