import { expect, test } from 'vitest'
import {
  NUMBER_FIELDS,
  columnsSaid,
  doubled,
  firstChoice,
  openFields,
  unusedColumns,
} from '../../web/src/pages/imports/mapping-draft.ts'
import { wordsByField, wordsSaid } from '../../web/src/pages/imports/word-choices.ts'

const COLUMNS = [
  { name: '流转序列', field: null },
  { name: '等级', field: 'level' },
  { name: '户主', field: 'name' },
]

test('the proposal is chosen already, and what lacks is named beside the columns that are free', () => {
  const chosen = firstChoice(COLUMNS)
  expect(chosen).toEqual({ 流转序列: '', 等级: 'level', 户主: 'name' })
  expect(openFields(chosen).needed).toEqual(['externalId', 'issuedAt', 'town'])
  expect(openFields(chosen).optional).toContain('phone')
  expect(openFields(chosen, ['phone']).needed).toContain('idNo')
  expect(openFields(chosen, ['phone']).optional).toEqual(['phone'])
  expect(unusedColumns(chosen)).toEqual(['流转序列'])
})

test('of withdrawn numbers nothing but the number is wanted', () => {
  expect(openFields({ 编码: '' }, [], NUMBER_FIELDS)).toEqual({ needed: ['externalId'], optional: [] })
  expect(openFields({ 编码: 'externalId' }, [], NUMBER_FIELDS)).toEqual({ needed: [], optional: [] })
})

test('two columns cannot be one field', () => {
  expect(doubled({ 甲: 'name', 乙: 'name', 丙: '' })).toEqual([{ field: 'name', columns: ['甲', '乙'] }])
  expect(doubled({ 甲: 'name', 乙: '', 丙: '' })).toEqual([])
})

test('the answer tells of every column, also of those that are not used', () => {
  expect(columnsSaid({ 流转序列: 'externalId', 序号: '' })).toEqual({ 流转序列: 'externalId', 序号: null })
})

test('words stand by their fields, and only what was answered is said', () => {
  const words = [
    { field: 'level' as const, word: '高风险', rows: 3 },
    { field: 'town' as const, word: '城关街道办', rows: 2 },
    { field: 'level' as const, word: '低风险', rows: 1 },
  ]
  expect(wordsByField(words).map(([field, list]) => [field, list.length])).toEqual([
    ['level', 2],
    ['town', 1],
  ])
  expect(wordsSaid({ level: { 高风险: 'red', 低风险: '' }, town: { 城关街道办: '' } })).toEqual({
    level: { 高风险: 'red' },
  })
  expect(wordsSaid({ town: { 城关街道办: '' } })).toBeUndefined()
})
