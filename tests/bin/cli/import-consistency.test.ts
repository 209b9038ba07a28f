import { describe, expect, it } from 'vitest'
import { consistencyWords, type ShownConsistency } from '../../../src/bin/cli/import-consistency.ts'

type Finding = ShownConsistency['items'][number]
const finding: Finding = {
  ...{ label: '不一致', row: 3, externalId: 'YJ1', office: { name: '毛坝镇' }, what: '联系电话不同' },
  ...{ willRegister: false, problem: null },
}
const counts = ['不实', '不准', '不全', '不一致', '更新不及时'].map((label) => ({ label }))
const many = (count: number, of: Partial<Finding>) =>
  Array.from({ length: count }, (_, n) => ({ ...finding, row: n + 2, ...of }))
const wordsOf = (items: Finding[], all = false) =>
  consistencyWords({ comparable: true, counts, items }, { all, whole: 'duban import --all' })

describe('where a file and the ledger differ', () => {
  it('is told line by line, those that are problems too', () => {
    const gone = {
      label: '不实',
      row: null,
      externalId: 'YJ2',
      office: null,
      what: '台账在办',
      problem: 'ob_1',
    }
    expect(wordsOf([finding, { ...finding, ...gone }])).toBe(
      [
        '和台账不同的 2 处:不实 1 处,不一致 1 处',
        '  不一致 第 3 行 YJ1 毛坝镇:联系电话不同',
        '  不实 文件里没有 YJ2:台账在办(已登记为问题 ob_1)',
      ].join('\n'),
    )
  })

  it('counts what the file is for apart, and does not list it', () => {
    const words = wordsOf([finding, ...many(700, { label: '不全', willRegister: true })])
    expect(words.split('\n')).toEqual([
      '和台账不同的 1 处:不一致 1 处',
      '另有 700 行台账还没有,登记这个文件就有了;要列出:duban import --all。',
      '  不一致 第 3 行 YJ1 毛坝镇:联系电话不同',
    ])
  })

  it('lists the first fifty after the sums, and says how the others are seen', () => {
    const lines = wordsOf(many(120, {})).split('\n')
    expect(lines[0]).toBe('和台账不同的 120 处:不一致 120 处')
    expect(lines.filter((line) => line.startsWith('  '))).toHaveLength(50)
    expect(lines.at(-1)).toBe('还有 70 处没有列出。全部列出:duban import --all')
  })

  it('lists all of it for whoever asks', () => {
    const items = [...many(120, {}), ...many(30, { label: '不全', willRegister: true })]
    const lines = wordsOf(items, true).split('\n')
    expect(lines.filter((line) => line.startsWith('  '))).toHaveLength(150)
    expect(lines[1]).toBe('另有 30 行台账还没有,登记这个文件就有了。')
    expect(lines.at(-1)).not.toContain('没有列出')
  })

  it('is nothing where all agrees, and unknown for a file that was not checked', () => {
    expect(wordsOf([])).toBe('和台账没有不同。')
    const none = { comparable: false, counts: [], items: [] }
    expect(consistencyWords(none, { all: false, whole: '' })).toContain('--dry-run')
  })
})
