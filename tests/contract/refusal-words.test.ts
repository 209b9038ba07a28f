import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { coded, day } from '../../src/contract/api/common.ts'
import { newCampaign } from '../../src/contract/api/campaigns.ts'
import { action } from '../../src/contract/api/obligations.ts'
import { newObligation } from '../../src/contract/api/new-obligation.ts'

const said = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message)

describe('what does not fit is refused with a sentence that names the field and what is accepted', () => {
  const schema = z.strictObject({
    title: z.string().trim().min(1).max(3),
    year: z.number().int().min(2004).max(2098),
    level: coded({ red: '红色', orange: '橙色' }),
    ids: z.array(z.string()).min(1).max(2),
    dueOn: day,
    silent: z.boolean(),
    start: z.iso.datetime(),
  })
  const right = {
    ...{ title: '甲', year: 2022, level: 'red', ids: ['a'], dueOn: '2022-06-15', silent: true },
    start: '2022-06-15T01:00:00Z',
  }
  it.each([
    ['title', undefined, '缺少“标题 title”,要是文字'],
    ['title', 5, '“标题 title”要是文字'],
    ['title', ' ', '“标题 title”不能为空'],
    ['title', '四个字多', '“标题 title”最多 3 个字'],
    ['year', '2022', '“年份 year”要是数字'],
    ['year', 2022.5, '“年份 year”要是整数'],
    ['year', 1999, '“年份 year”不能小于 2004'],
    ['year', 2099, '“年份 year”不能大于 2098'],
    ['level', 'purple', '“等级 level”要是下列之一:red 红色、orange 橙色'],
    ['level', undefined, '缺少“等级 level”,要是下列之一:red 红色、orange 橙色'],
    ['ids', [], '“编号列表 ids”至少 1 项'],
    ['ids', ['a', 'b', 'c'], '“编号列表 ids”最多 2 项'],
    ['ids', ['a', 7], '“编号列表 ids”第 2 项要是文字'],
    ['ids', 'a', '“编号列表 ids”要是列表([…])'],
    ['silent', 'no', '“不发通知 silent”要是 true 或 false'],
    ['start', 'today', '“起算日 start”要写成 2022-06-15T01:00:00Z 这样的时刻'],
  ])('%s: %j', (field, value, words) => {
    expect(said(schema, { ...right, [field]: value })).toEqual([words])
  })

  it('an unknown field is answered with those that are known', () => {
    expect(said(schema, { ...right, colour: 1 })).toEqual([
      '没有这个字段;可以用:title、year、level、ids、dueOn、silent、start',
    ])
  })

  it('a body that is no object, and one without fields', () => {
    expect(said(newCampaign, 'x')).toEqual(['内容要是对象({…})'])
    expect(said(z.strictObject({}), { a: 1 })).toEqual(['没有这个字段;这里不接受任何字段'])
  })

  it('an unknown or missing action lists what is accepted, with its word', () => {
    for (const body of [{ action: 'approve' }, {}])
      expect(said(action, body)?.[0]).toMatch(
        /^“动作 action”要是下列之一:acknowledge 签收、submit 提交、accept 通过、return 退回/,
      )
    expect(said(newObligation, { kind: 'chore' })?.[0]).toMatch(/^“种类 kind”要是下列之一:\w/)
  })
})
