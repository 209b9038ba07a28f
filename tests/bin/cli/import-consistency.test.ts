import { expect, it } from 'vitest'
import { consistencyWords } from '../../../src/bin/cli/import-consistency.ts'

const finding = { label: '不一致', row: 3, externalId: 'YJ1', office: { name: '毛坝镇' }, problem: null }

it('where a file and the ledger differ is told line by line, those that are problems too', () => {
  const counts = [
    { label: '不实', rule: '', count: 1 },
    { label: '不准', rule: '', count: 0 },
    { label: '不一致', rule: '', count: 1 },
  ]
  const gone = {
    label: '不实',
    row: null,
    externalId: 'YJ2',
    office: null,
    what: '台账在办',
    problem: 'ob_1',
  }
  const items = [{ ...finding, what: '平台和台账的联系电话不同' }, gone]
  expect(consistencyWords({ comparable: true, counts, items })).toBe(
    [
      '和台账不同的 2 处:不实 1 处,不一致 1 处',
      '  不一致 第 3 行 YJ1 毛坝镇:平台和台账的联系电话不同',
      '  不实 文件里没有 YJ2:台账在办(已登记为问题 ob_1)',
    ].join('\n'),
  )
  expect(consistencyWords({ comparable: true, counts: [], items: [] })).toBe('和台账没有不同。')
  expect(consistencyWords({ comparable: false, counts: [], items: [] })).toContain('--dry-run')
})
