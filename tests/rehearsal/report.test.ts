import { expect, it } from 'vitest'
import { summaryOf } from '../../src/rehearsal/report.ts'
import { finding, type RehearsalReport } from '../../src/rehearsal/types.ts'

const none = finding([])
const report: RehearsalReport = {
  year: 2022,
  seed: 7,
  fault: null,
  clean: true,
  from: '2022-05-01',
  to: '2022-12-31',
  wallSeconds: 120,
  waitSeconds: 80.5,
  steps: 900,
  httpCalls: 2000,
  rows: { registered: 405, refused: 15, duplicates: 1 },
  actions: { submit: 600 },
  mails: { total: 1100, byKind: { 提醒: 700 }, perPersonAndWeek: { '1': 300, '5+': 2 } },
  lines: { owed: 2500, got: 2500, byKind: { reminder: 800 } },
  missing: none,
  doubled: none,
  misdirected: none,
  late: none,
  untrue: none,
  ofLife: none,
  neverPlayed: none,
  ofCounty: none,
  wrongCount: none,
  untold: none,
  weekly: none,
  tooMany: none,
  unsettled: none,
  wrongDue: none,
  refusedActions: none,
  retransmitted: 0,
}

it('the report tells a manager in plain words that nothing was missed', () => {
  expect(summaryOf(report)).toContain('结论:应发的每一条都按时、只一次、发给了该收的人。')
})

it('the report names the findings, and how many more there are', () => {
  const missing = finding(Array.from({ length: 12 }, (_, i) => `第 ${i + 1} 条`))
  const text = summaryOf({ ...report, clean: false, missing })
  expect(text).toContain('✗ 漏发(该告知而无人收到):12')
  expect(text).toContain('第 10 条')
  expect(text).toContain('另有 2 条')
  expect(text).toContain('结论:发现问题')
})

it.each([
  ['untrue', '现状不实'],
  ['untold', '逾期未告知'],
  ['weekly', '每周现状缺失'],
  ['tooMany', '一个工作日不止一封'],
] as const)('the report names what mails say wrongly of how things stand: %s', (name, words) => {
  const text = summaryOf({ ...report, clean: false, [name]: finding(['毛坝镇']) })
  expect(text).toMatch(new RegExp(`✗ ${words}.*:1\n      毛坝镇`))
})

it('the report says how many mails people get in a week', () => {
  expect(summaryOf(report)).toContain('每人每周邮件数(周数):1 300、5+ 2')
})
