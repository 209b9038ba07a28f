import { expect, test } from 'vitest'
import { changesWords, rowsOf } from '../../../src/bin/cli/import-changes.ts'
import { withdrawalWords } from '../../../src/bin/cli/import-withdrawals.ts'

test('a change is told old beside new, and what a village became is told as changed', () => {
  const field = (label: string, before: string | null, after: string | null, happens: string) => ({
    ...{ label, before, after, happens },
  })
  const change = {
    ...{ row: 3, externalId: 'YJ1', state: 'open' },
    fields: [
      field('预警等级', '黄色', '红色', 'applied'),
      field('姓名', '某*', '另*某', 'asked'),
      field('联系电话', '', '199****0001', 'asked'),
      field('村(社区)', null, null, 'refused'),
    ],
  }
  expect(changesWords([change]).split('\n')).toEqual([
    '第 3 行 YJ1 待处理',
    '  预警等级:黄色 → 红色(自动更新)',
    '  姓名:某* → 另*某(要先确认)',
    '  联系电话:(空) → 199****0001(要先确认)',
    '  村(社区):有变(事项已经结束,先重启再确认)',
    expect.stringContaining('遮盖后看不出改了什么的,请对照原文件'),
  ])
  const moved = { ...change, due: { from: '2026-12-02', to: '2026-11-30' } }
  expect(changesWords([moved])).toContain('  预警等级:黄色 → 红色,到期 12-02 → 11-30(自动更新)')
  const kept = { ...change, due: { from: '2026-12-02', to: '2026-12-02' } }
  expect(changesWords([kept])).toContain('  预警等级:黄色 → 红色,到期日不变(12-02)(自动更新)')
  const seen = { ...change, fields: change.fields.slice(0, 3) }
  expect(changesWords([seen])).not.toContain('遮盖后')
  expect(changesWords([{ ...change, state: 'applied' }])).not.toContain('(要先确认)')
  expect(changesWords([])).toBe('没有内容有变的行。')
})

test('rows are numbers between commas of any kind, or all', () => {
  expect(rowsOf(undefined)).toEqual({ all: true })
  expect(rowsOf('3,5,8、 9')).toEqual({ rows: [3, 5, 8, 9] })
  expect(() => rowsOf('3;x')).toThrow('--rows')
})

test('what is withdrawn is listed with how to confirm it, and what stays is named', () => {
  const one = {
    externalId: 'YJ1',
    row: 2,
    title: '因病黄色预警核查',
    reason: '平台误报',
    office: { name: '毛坝镇' },
    state: 'open',
  }
  const ways = { confirm: 'duban 确认', undo: 'duban 撤回' }
  expect(
    withdrawalWords([one, { ...one, externalId: 'YJ2', row: null, reason: null, state: 'kept' }], ways),
  ).toEqual([
    '平台已撤回,建议撤销 1 件(还没有撤销):',
    '  YJ1 毛坝镇 因病黄色预警核查(第 2 行):平台误报',
    '核对后撤销这 1 件:duban 确认',
    '已有人办理或已办结,保留 1 件:',
    '  YJ2 毛坝镇 因病黄色预警核查(文件中没有)',
  ])
  expect(withdrawalWords([one], { ...ways, rows: 3 })).toContain('核对后登记 3 行,并撤销这 1 件:duban 确认')
  expect(withdrawalWords([{ ...one, state: 'cancelled' }], ways).at(-1)).toBe(
    '  撤销错了的,整批恢复:duban 撤回;只恢复一件,在网页上打开这件事项,点“重启”并写明原因。',
  )
})
