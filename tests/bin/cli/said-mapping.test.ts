import { expect, test } from 'vitest'
import {
  joinSaid,
  mappingOptions,
  saidMapping,
  saysOfThisFileAlone,
} from '../../../src/bin/cli/said-mapping.ts'

test('options say columns and words; the name of a column may have an equals sign in it', () => {
  const said = saidMapping({
    map: ['预警信息编码=externalId', '备注=-', '类别=无', '甲=乙=姓名'],
    word: ['等级:高风险=红色', '等级:低风险=黄色', 'town:城关街道办=城关镇'],
  })
  expect(said).toEqual({
    columns: { 预警信息编码: 'externalId', 备注: null, 类别: null, '甲=乙': '姓名' },
    words: { 等级: { 高风险: '红色', 低风险: '黄色' }, town: { 城关街道办: '城关镇' } },
  })
})

test.each([{ map: ['预警编号'] }, { map: ['=姓名'] }, { word: ['高风险=红色'] }, { word: ['等级:高风险'] }])(
  '%j is refused with an example',
  (given) => {
    expect(() => saidMapping(given)).toThrow(/例如 --(map|word)/)
  },
)

test('a column that is said twice is refused by its name, even where both say the same', () => {
  expect(() => saidMapping({ map: ['辖区=预警内容', '辖区=乡镇'] })).toThrow('“辖区”')
  expect(() => saidMapping({ map: ['辖区=乡镇', '辖区=乡镇'] })).toThrow('只留一个')
})

test('what was said is written as the options that say it, quoted where a shell would cut it', () => {
  const said = saidMapping({ map: ['流水 号=预警编号', '备注=-'], word: ['等级:高(风险)=红色'] })
  expect(mappingOptions({ ...said, sheet: '八月', refuseUnknown: true })).toBe(
    '--sheet 八月 --map "流水 号=预警编号" --map 备注=- --word "等级:高(风险)=红色" --refuse-unknown',
  )
})

test('what is said later holds', () => {
  const before = saidMapping({ map: ['甲=姓名', '乙=-'], word: ['level:一等=red'] })
  const later = saidMapping({ map: ['甲=-'], word: ['level:二等=yellow'] })
  expect(joinSaid(before, later)).toEqual({
    columns: { 甲: null, 乙: null },
    words: { level: { 一等: 'red', 二等: 'yellow' } },
  })
})

test('codes are written by the names that people know', () => {
  const said = { columns: { '第 1 列': 'externalId', 备注: null }, words: { level: { 一等: '红色' } } }
  expect(mappingOptions(said)).toBe('--map "第 1 列=预警编号" --map 备注=- --word 预警等级:一等=红色')
})

test('what is said of columns without names holds for this file alone', () => {
  const words = { level: { 一等: '红色' } }
  expect(saysOfThisFileAlone({ columns: { '第 1 列': 'externalId', '第 12 列': null }, words })).toBe(true)
  expect(saysOfThisFileAlone({ columns: { '第 1 列': 'externalId', 编码: 'name' }, words })).toBe(false)
  expect(saysOfThisFileAlone({ columns: {}, words })).toBe(false)
})
