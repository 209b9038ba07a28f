import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field } from '../../src/ledgers/columns.ts'
import { HEADER, read, refusalOf, ROW, surveyOf } from './support.ts'

const cells = HEADER.split(',').map((name, i) => [name, ROW.split(',')[i] ?? ''] as const)
const fileOf = (columns: (readonly [string, string])[]) =>
  [0, 1].map((line) => columns.map((c) => c[line]).join(',')).join('\n')

describe('the header of an export', () => {
  it('may be in any order, with other columns between', async () => {
    const plain = await read(fileOf(cells))
    const extra = [...cells, ['备注', '随便'], ['', '']] as const
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...extra], { minLength: extra.length }), async (columns) => {
        expect((await read(fileOf(columns))).rows).toEqual(plain.rows)
      }),
      { numRuns: 20 },
    )
  })

  it('may use other names, full-width marks and spaces', async () => {
    const other: Record<string, string> = {
      预警编号: '*预警编号:',
      预警发布时间: ' 发布时间 ',
      身份证号: '身份证号码',
      '村(社区)': '村 (社区)',
      联系电话: '手机号',
    }
    const renamed = cells.map(([name, value]) => [other[name] ?? name, value] as const)
    expect((await read(fileOf(renamed))).rows).toEqual((await read(fileOf(cells))).rows)
  })

  it('may stand below a title, and rows are numbered as in a spreadsheet', async () => {
    const { rows } = await read(`2022年预警清单,,,\n\n${fileOf(cells)}`)
    expect(rows[0]?.row).toBe(4)
  })

  it.each(['预警编号', '预警发布时间', '预警等级', '姓名', '乡镇'])(
    'that lacks %s, without which a row is no warning, is refused by name',
    async (name) => {
      const refusal = await refusalOf(fileOf(cells.filter(([n]) => n !== name)))
      expect(refusal?.code).toBe('missing-column')
      expect(refusal?.message).toContain(name)
    },
  )

  it.each<[string, Field]>([
    ['致贫返贫因素', 'cause'],
    ['重点人群类别', 'group'],
    ['身份证号', 'idNo'],
    ['联系电话', 'phone'],
    ['村(社区)', 'village'],
    ['预警内容', 'detail'],
    ['数据来源部门', 'source'],
  ])('that lacks %s is asked about once, by name', async (name, field) => {
    const file = fileOf(cells.filter(([n]) => n !== name))
    expect((await surveyOf(file))?.missing).toEqual([field])
    const { rows, processed } = await read(file, undefined, undefined, { columns: {} })
    expect(processed).toBe(1)
    expect(rows).toHaveLength(1)
    for (const row of rows) expect([row[field as 'cause'] ?? '', row.person]).not.toContain(name)
  })

  it('that has but two columns of an export is refused with those it lacks', async () => {
    const refusal = await refusalOf('乡镇,姓名\n毛坝镇,张某\n')
    expect(refusal?.code).toBe('missing-column')
    expect(refusal?.message).toContain('缺少这些列:预警编号、预警发布时间、预警等级')
    expect(refusal?.message).not.toMatch(/乡镇|姓名/)
  })

  it.each<[string, Field, string]>([
    ['身份证号', 'idNo', '619999195712045828'],
    ['姓名', 'name', '张某'],
    ['联系电话', 'phone', '19936395219'],
    ['乡镇', 'town', '汉王镇'],
  ])(
    'that has %s twice with something in both is asked about with values of both',
    async (name, field, value) => {
      const file = fileOf([...cells, [name, value]])
      const second = `${name}(第 13 列)`
      const asked = await surveyOf(file)
      expect(asked?.missing).toEqual([field])
      const both = asked?.columns.filter((column) => [name, second].includes(column.name))
      expect(both?.map((column) => [column.confidence, column.samples.length])).toEqual([
        ['none', 1],
        ['none', 1],
      ])
      // What was said of another column does not settle it.
      expect((await surveyOf(file, { 预警内容: 'detail' }))?.missing).toEqual([field])
      const said = async (columns: Record<string, Field | null>) =>
        (await read(file, undefined, undefined, { columns })).rows
      const [first, last] = [await said({ [second]: null }), await said({ [second]: field })]
      expect(first).toEqual((await read(fileOf(cells))).rows)
      expect(last).not.toEqual(first)
      expect(last).toHaveLength(1)
    },
  )

  it('that has the head of the household beside the person asks about both, never the number of one with the other', async () => {
    const household = [
      ['户主姓名', '张某'],
      ['户主身份证号', '619999195712045828'],
    ] as const
    const renamed = cells.map(([name, value]) => {
      return [
        ({ 姓名: '人员姓名', 身份证号: '人员身份证' } as Record<string, string>)[name] ?? name,
        value,
      ] as const
    })
    const asked = await surveyOf(fileOf([...household, ...renamed]))
    const sure = asked?.columns.filter((c) => c.confidence === 'certain').map((c) => c.field)
    expect(sure).not.toContain('idNo')
    expect(sure).not.toContain('name')
  })

  it('may lack what it has twice, where somebody says so', async () => {
    const file = fileOf([...cells, ['联系电话', '19936395219']])
    const { rows } = await read(file, undefined, undefined, { columns: { '(无)联系电话': 'phone' } })
    expect(rows[0]?.person.phone).toBe('')
  })

  it.each<[string, [string, string]]>([
    ['the same column, empty', ['身份证号', '']],
    ['another name of the same', ['身份证号码', '619999195712045828']],
    ['a shorter name', ['编号', '7']],
    ['a number that counts the rows', ['序号', '1']],
  ])('may have %s besides: the exact name with something in it wins', async (_what, extra) => {
    const { rows } = await read(fileOf([extra, ...cells]))
    expect(rows).toEqual((await read(fileOf(cells))).rows)
  })
})
