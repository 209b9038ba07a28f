import { describe, expect, it, test } from 'vitest'
import { overWord } from '../../src/ledgers/state-columns.ts'
import { HEADER, read, ROW } from './support.ts'

const row = (n: number, state: string) => `${ROW.replace('YJ1', `YJ${n}`)},${state}`
const fileOf = (name: string, states: readonly string[]) =>
  [`${HEADER},${name}`, ...states.map((state, i) => row(i + 1, state)), ''].join('\n')

describe('a column of states that fills no field', () => {
  it.each<[string, string[], number[]]>([
    ['状态', ['有效', '已撤销', '已办结', '待核查'], [3, 4]],
    ['预警状态(系统)', ['生效', '撤回', '风险已消除', '核查中'], [3, 4]],
    ['处理进度', ['待处理', '已办结', '处理中', '已关闭'], [3, 5]],
    ['是否撤销', ['否', '是', '', '已撤销'], [3, 5]],
    ['是否有效', ['是', '否', '有效', '×'], [3, 5]],
  ])('keeps out what %s says is over: %j', async (name, states, over) => {
    const { rows, errors, refused } = await read(fileOf(name, states))
    expect(errors.map((e) => [e.row, e.column, e.rule])).toEqual(over.map((n) => [n, name, 'over-at-source']))
    expect(refused.map((each) => each.row)).toEqual(over)
    expect(rows).toHaveLength(states.length - over.length)
    for (const { message } of errors)
      expect(message).toMatch(/^平台上已不用办理:这一列写着“.+”.*--withdrawals.*--map .+=-/)
  })

  it.each<[string, string[]]>([
    ['健康状态', ['已撤销', '健康']],
    ['婚姻状态', ['解除', '已婚']],
    ['医保状态', ['终止', '正常']],
    ['证件状态', ['注销', '有效']],
    ['是否取消低保', ['是', '否']],
    ['是否解除劳动合同', ['是', '否']],
    ['状态', ['有效', '未撤销', '待撤销', '不再办理撤销', '已核实', '已发布']],
    ['备注', ['已办结以前的住院手续', '无', '']],
    ['办理人', ['办结', '张某', '李某', '王某']],
  ])('lets in what %s says otherwise: %j', async (name, states) => {
    const { rows, errors } = await read(fileOf(name, states))
    expect([rows.length, errors]).toEqual([states.length, []])
  })

  it('is known by its words also where those that are over come last', async () => {
    const states = [...Array.from({ length: 250 }, () => '待处理'), '已办结']
    const { rows, errors } = await read(fileOf('处理进度', states))
    expect([rows.length, errors.map((e) => e.row)]).toEqual([250, [252]])
  })

  it('says nothing once somebody said that it is not used', async () => {
    const file = fileOf('状态', ['已撤销', '有效'])
    const { rows, errors } = await read(file, undefined, undefined, { columns: { 状态: null } })
    expect([rows.length, errors]).toEqual([2, []])
  })
})

test('what a question answers is told with the question', () => {
  expect(overWord({ at: 0, name: '是否有效', asks: 'is-valid' }, ' 否 ')).toBe('是否有效:否')
})
