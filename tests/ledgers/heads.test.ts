import { describe, expect, it } from 'vitest'
import { namedField } from '../../src/ledgers/head.ts'
import { HEADER, read, refusalOf, ROW, surveyOf } from './support.ts'

const HEAD = HEADER.split(',')
const row = (n = 1) => ROW.split(',').map((cell, i) => (i === 0 ? `YJ${n}` : cell))
const fileOf = (...rows: string[][]) =>
  rows.map((cells) => `${cells.map((c) => `"${c}"`).join(',')}\n`).join('')
const idsOf = async (file: string) => (await read(file)).rows.map((r) => [r.row, r.externalId])
const renamed = (names: Record<string, string>) => HEAD.map((name) => names[name] ?? name)

describe('the name of a column', () => {
  it.each([
    ['预警编号', 'externalId', 'exact'],
    ['*预警编号(必填)', 'externalId', 'exact'],
    ['预 警 编 号:', 'externalId', 'exact'],
    ['1.姓名', 'name', 'exact'],
    ['姓名↓', 'name', 'exact'],
    ['<姓名>', 'name', 'exact'],
    ['村名', 'village', 'alias'],
    ['①姓名', 'name', 'exact'],
    ['姓\u200b名', 'name', 'exact'],
    ['身份证号(18位)', 'idNo', 'exact'],
    ['联系电话【选填】', 'phone', 'exact'],
    ['監測對象信息/姓名', 'name', 'exact'],
    ['預警編號', 'externalId', 'exact'],
    ['重點人群類別', 'group', 'exact'],
    ['*村(社區)', 'village', 'exact'],
    ['编号', 'externalId', 'alias'],
    ['聯繫電話(手機)', 'phone', 'exact'],
    ['手机号码(本人)', 'phone', 'alias'],
    ['所属镇', 'town', 'same-words'],
    ['所在镇(街道)', 'town', 'same-words'],
    ['风险等级', 'level', 'same-words'],
    ['预警信息编码', 'externalId', 'same-words'],
    ['户主身份证号码', 'idNo', 'same-words'],
    ['预警推送时间', 'issuedAt', 'same-words'],
    ['致贫返贫风险因素', 'cause', 'near'],
  ])('%s is %s: %s', (name, field, rank) => {
    expect(namedField(name)).toEqual({ field, rank })
  })

  it.each([
    '序号',
    '备注',
    '出生日期',
    '核查时间',
    '办结日期',
    '帮扶干部姓名',
    '帮扶干部/姓名',
    '联系人电话',
    '家庭成员/身份证号',
    '银行卡号',
    '户编号',
    '家庭人口数',
    '状态',
    '请填写每一户的预警编号、姓名、身份证号,不要改动表头,有问题请致电县民政局低保中心',
  ])('%s is none of ours', (name) => {
    expect(namedField(name)).toBeUndefined()
  })
})

describe('a head', () => {
  const groups = [...HEAD.slice(0, 5), '监测对象信息', '', '', '所在地', '', ...HEAD.slice(10)]
  const leaves = ['', '', '', '', '', ...HEAD.slice(5, 10), '', '']
  it('may have groups above some columns, merged', async () => {
    expect(await idsOf(fileOf(groups, leaves, row()))).toEqual([[3, 'YJ1']])
  })

  it('may repeat a group above each of its columns, and a name below itself', async () => {
    const each = [...HEAD.slice(0, 5), '对象', '对象', '对象', '所在地', '所在地', ...HEAD.slice(10)]
    expect(await idsOf(fileOf(each, HEAD, row()))).toEqual([[3, 'YJ1']])
  })

  it('may have three rows', async () => {
    const top = ['预警信息', '', '', '', '', '对象', '', '', '', '', '其他', '']
    const middle = [...HEAD.slice(0, 5), '基本信息', '', '', '所在地', '', ...HEAD.slice(10)]
    expect(await idsOf(fileOf(top, middle, leaves, row(), row(2)))).toEqual([
      [4, 'YJ1'],
      [5, 'YJ2'],
    ])
  })

  it('may tell two columns of one name apart by their groups', async () => {
    const top = ['户主', '', '帮扶干部', '', ...HEAD.slice(0, 5), ...HEAD.slice(8)]
    const below = ['姓名', '身份证号', '姓名', '联系电话', ...HEAD.slice(0, 5), ...HEAD.slice(8)]
    const [, , , , , name = '', idNo = ''] = row()
    const data = [name, idNo, '别人', '19900000001', ...row().slice(0, 5), ...row().slice(8)]
    const survey = await surveyOf(fileOf(top, below, data))
    expect(survey?.missing).toEqual(['phone'])
    expect(survey?.columns.slice(0, 3)).toEqual([
      { name: '户主/姓名', samples: ['某*'], field: 'name', confidence: 'certain' },
      { name: '户主/身份证号', samples: ['619999********3825'], field: 'idNo', confidence: 'certain' },
      { name: '帮扶干部/姓名', samples: ['别*'], field: null, confidence: 'none' },
    ])
  })

  it('may stand below thirty lines less one, blank ones not counted', async () => {
    const above = Array.from({ length: 29 }, (_line, i) => [`说明${i}:请勿改动表头`])
    expect(await idsOf(fileOf(...above, [''], HEAD, row()))).toEqual([[32, 'YJ1']])
  })

  it('may have line breaks and look-alikes in its names', async () => {
    const names = HEAD.map((name) => `${name.slice(0, 2)}\n${name.slice(2)}`.replace('人', '\u2f08'))
    expect(await idsOf(fileOf(names, row()))).toEqual([[2, 'YJ1']])
  })
})

describe('columns that are renamed', () => {
  const near = {
    预警编号: '预警信息编码',
    预警发布时间: '预警推送时间',
    预警等级: '风险级别',
    致贫返贫因素: '返贫风险原因',
    重点人群类别: '人群分类',
    姓名: '农户姓名',
    身份证号: '户主身份证号码',
    联系电话: '户主手机',
    乡镇: '所属镇',
    '村(社区)': '所属村',
    预警内容: '风险描述',
    数据来源部门: '信息推送单位',
  }
  it('all of them, and in reverse, come in without a question where the content agrees', async () => {
    const file = fileOf(renamed(near).reverse(), row().reverse(), row(2).reverse())
    expect((await read(file)).rows).toEqual((await read(fileOf(HEAD, row(), row(2)))).rows)
  })

  it.each([
    ['the town of the register and that of today', '乡镇', ['户籍乡镇', '现居住乡镇'], ['高滩镇', '毛坝镇']],
    ['somebody’s 编号 beside a number of warnings', '预警编号', ['编号', '预警单编号'], ['H01', 'YJ1']],
  ])('to two that could be meant are asked about: %s', async (_what, name, names, cells) => {
    const at = HEAD.indexOf(name)
    const instead = (row: readonly string[], both: readonly string[]) => [
      ...both,
      ...row.filter((_cell, i) => i !== at),
    ]
    expect(await surveyOf(fileOf(instead(HEAD, names), instead(row(), cells)))).toBeDefined()
  })

  it('to nothing known are asked about once, with what their content makes likely', async () => {
    const file = fileOf(
      HEAD.map((_name, i) => `甲${i}`),
      row(),
      row(2),
    )
    const survey = await surveyOf(file)
    expect(survey?.columns.map((c) => [c.field, c.confidence])).toEqual([
      ['externalId', 'likely'],
      ['issuedAt', 'likely'],
      ['level', 'certain'],
      ['cause', 'likely'],
      ['group', 'likely'],
      ['name', 'likely'],
      ['idNo', 'certain'],
      ['phone', 'likely'],
      ['town', 'certain'],
      ['village', 'likely'],
      ['detail', 'likely'],
      ['source', 'likely'],
    ])
    const columns = Object.fromEntries(survey?.columns.map((c) => [c.name, c.field]) ?? [])
    const { rows } = await read(file, undefined, undefined, { columns })
    expect(rows).toEqual((await read(fileOf(HEAD, row(), row(2)))).rows)
  })

  it('or have no head at all are asked about by their number', async () => {
    const survey = await surveyOf(fileOf(row(), row(2)))
    expect(survey?.columns[2]).toEqual({
      name: '第 3 列',
      samples: ['橙色'],
      field: 'level',
      confidence: 'certain',
    })
    const columns = Object.fromEntries(survey?.columns.map((c) => [c.name, c.field]) ?? [])
    const { rows } = await read(fileOf(row(), row(2)), undefined, undefined, { columns })
    expect(rows.map((r) => [r.row, r.externalId])).toEqual([
      [1, 'YJ1'],
      [2, 'YJ2'],
    ])
  })

  it('to the name of another are asked about: the content says otherwise', async () => {
    const swapped = renamed({ 乡镇: '身份证号', 身份证号: '乡镇' })
    const survey = await surveyOf(fileOf(swapped, row(), row(2)))
    expect(survey?.columns.filter((c) => c.confidence !== 'certain')).toEqual([
      { name: '乡镇', samples: ['619999********3825'], field: 'idNo', confidence: 'likely' },
      { name: '身份证号', samples: ['毛坝镇'], field: 'town', confidence: 'likely' },
    ])
  })

  it('so that towns and villages are swapped are asked about', async () => {
    const survey = await surveyOf(fileOf(renamed({ 乡镇: '村(社区)', '村(社区)': '乡镇' }), row(), row(2)))
    expect(survey?.columns[8]).toMatchObject({ name: '村(社区)', field: 'town', confidence: 'likely' })
  })

  it('never take what is about somebody else', async () => {
    const survey = await surveyOf(fileOf(renamed({ 姓名: '帮扶干部姓名' }), row(), row(2)))
    expect(survey?.missing).toEqual(['name'])
    expect(survey?.columns[5]).toMatchObject({ field: null, confidence: 'none', samples: ['某*'] })
  })
})

describe('a column that only counts the rows', () => {
  const counted = (name: string) => fileOf(renamed({ 预警编号: name }), ...['1', '2', '3'].map(numbered))
  const numbered = (n: string) => row().map((cell, i) => (i === 0 ? n : cell))
  it.each(['编号', '预警编号'])('called %s is no warning’s number: it is asked about', async (name) => {
    const survey = await surveyOf(counted(name))
    expect(survey?.missing).toEqual(['externalId'])
    expect(survey?.columns[0]).toEqual({ name, samples: ['1', '2', '3'], field: null, confidence: 'none' })
  })

  it('is refused with its reason when somebody says it is one', async () => {
    await expect(
      read(counted('编号'), undefined, undefined, { columns: { 编号: 'externalId' } }),
    ).rejects.toMatchObject({
      code: 'row-numbers',
      message: expect.stringContaining('“编号”这一列只是行的序号'),
    })
  })
})

describe('the survey of a file', () => {
  it('knows the same columns again', async () => {
    const heads = [HEAD, HEAD.map((name) => ` ${name} `), [...HEAD].reverse()].map((head) =>
      surveyOf(fileOf(head.filter((name) => name.trim() !== '预警内容').concat('杂项'), row())),
    )
    const [one, same, other] = (await Promise.all(heads)).map((survey) => survey?.head)
    expect(one).toMatch(/^[0-9a-f]{16}$/)
    expect(same).toBe(one)
    expect(other).not.toBe(one)
  })

  it('shows no person', async () => {
    const survey = await surveyOf(
      fileOf(
        HEAD.map((_name, i) => `甲${i}`),
        row().map((cell, i) => (i === 10 ? '电话19936395218,证号619999194512163825' : cell)),
      ),
    )
    const shown = JSON.stringify(survey?.columns.map((c) => c.samples))
    expect(shown).not.toMatch(/某某|619999194512163825|19936395218/)
  })

  it('says of a list of other things what was looked for and what is there', async () => {
    const refusal = await refusalOf('买菜,\n白菜,2\n萝卜,3\n')
    expect(refusal?.message).toContain('预警编号、预警发布时间')
    expect(refusal?.message).toContain('第 2 行有 2 格:文字、数字')
    expect(refusal?.message).not.toContain('白菜')
  })
})

describe('what somebody says of the columns', () => {
  const odd = fileOf(renamed({ 预警编号: '流转码' }), row(), row(2))
  const answered = (columns: Parameters<typeof surveyOf>[1]) => read(odd, undefined, undefined, { columns })
  it('is taken, and the rest as found', async () => {
    expect((await answered({ ' 流转码 ': 'externalId' })).rows).toHaveLength(2)
    expect((await answered({ 流转码: 'externalId', 联系电话: null })).rows[0]?.person.phone).toBe('')
  })

  it('is asked again while something is left out that is needed', async () => {
    expect((await surveyOf(odd, {}))?.columns[0]).toMatchObject({ name: '流转码', confidence: 'likely' })
    expect((await surveyOf(odd, { 流转码: 'externalId', 乡镇: null }))?.missing).toEqual(['town'])
  })

  it('is refused where it names a column that is not there, or a field twice', async () => {
    await expect(answered({ 流水码: 'externalId' })).rejects.toMatchObject({
      code: 'bad-mapping',
      message: expect.stringContaining('“流水码”'),
    })
    await expect(answered({ 流转码: 'externalId', 预警内容: 'externalId' })).rejects.toMatchObject({
      code: 'bad-mapping',
      message: expect.stringContaining('“流转码”和“预警内容”都对应“预警编号”'),
    })
  })
})
