import { describe, expect, it } from 'vitest'
import { instantAt } from '../../src/domain/time/days.ts'
import { formatDigestLine } from '../../src/mail/digest-lines.ts'
import { settleAccount } from '../../src/rehearsal/reconciliation.ts'
import { RehearsalRefused } from '../../src/rehearsal/rehearsal-refused.ts'
import type { OwedLine } from '../../src/rehearsal/expectation.ts'
import type { Acceptance } from '../../src/rehearsal/sink.ts'

const morning = instantAt('2022-07-13', '08:30')
const afternoon = instantAt('2022-07-13', '14:30')
const owed: OwedLine = {
  round: morning,
  to: 'officer@x.test',
  kind: 'reminder',
  officeName: '毛坝镇',
  label: '黄色预警核查',
  count: 2,
  dueOn: '2022-07-18',
  why: 'before-3',
}
const reader = () => ({ ownOffice: '界岭镇', offices: new Set(['毛坝镇', '界岭镇']) })
const settle = (owedLines: OwedLine[], mails: Acceptance[]) => settleAccount(owedLines, mails, reader)
const lineOf = (line: Partial<OwedLine>) =>
  formatDigestLine(
    {
      ...owed,
      ...line,
      provisional: false,
      clock: '◔ 剩 3 个工作日',
      only: null,
      todo: '入户核查并提交核查结论',
    },
    { year: 2022, ownOffice: '界岭镇' },
  )
const mail = (change: Partial<Acceptance> = {}, ...lines: Partial<OwedLine>[]): Acceptance => ({
  messageId: '<a@x.test>',
  to: 'officer@x.test',
  acceptedAt: morning,
  text: lines.map(lineOf).join('\r\n    · YJ1\r\n'),
  ...change,
})

describe('the reconciliation', () => {
  it('finds nothing when everybody got exactly what was owed, when it was owed', () => {
    const account = settle([owed], [mail({}, {})])
    expect(account).toEqual({ missing: [], doubled: [], misdirected: [], late: [], retransmitted: 0, got: 1 })
  })

  it('reports as missing what nobody got, and says why it was owed', () => {
    const { missing } = settle([owed], [])
    expect(missing).toEqual([
      'officer@x.test 【提醒】毛坝镇 黄色预警核查 2件 2022-07-18到期 应在 2022-07-13 08:30 批次(before-3)',
    ])
  })

  it('calls a second Message-ID doubled, and the same one sent again a retransmission', () => {
    const twice = settle([owed], [mail({}, {}), mail({ messageId: '<b@x.test>' }, {})])
    expect(twice.doubled).toHaveLength(1)
    const again = settle([owed], [mail({}, {}), mail({}, {})])
    expect(again).toMatchObject({ doubled: [], misdirected: [], retransmitted: 1 })
  })

  it('finds a line that stands twice in one mail', () => {
    expect(settle([owed], [mail({}, {}, {})]).doubled).toHaveLength(1)
  })

  it('counts red warnings of one day as so many lines', () => {
    expect(settle([owed, owed], [mail({}, {}, {})])).toMatchObject({ missing: [], doubled: [] })
  })

  it('calls what came a round later late, not missing', () => {
    const account = settle([owed], [mail({ acceptedAt: afternoon }, {})])
    expect(account).toMatchObject({ missing: [], misdirected: [] })
    expect(account.late).toHaveLength(1)
  })

  it('calls a reminder after its due day late, although it came as it was owed; not that a pause ends', () => {
    const roundOf = (day: string) => instantAt(day, '08:30')
    const came = (line: Partial<OwedLine>) =>
      settle([{ ...owed, ...line }], [mail({ acceptedAt: line.round! }, line)])
    expect(came({ round: roundOf('2022-07-18') }).late).toEqual([])
    expect(came({ round: roundOf('2022-07-19') })).toMatchObject({
      ...{ missing: [], doubled: [], misdirected: [] },
      late: [expect.stringMatching(/2022-07-18到期 应在 2022-07-19 08:30 批次.*限时已过$/)],
    })
    expect(came({ round: roundOf('2022-07-19'), kind: 'overdue' }).late).toEqual([])
    expect(came({ round: roundOf('2022-07-19'), label: '黄色预警核查(暂停)' }).late).toEqual([])
  })

  it('finds what went to somebody who was not owed it, or was never owed', () => {
    const account = settle([owed], [mail({ to: 'head@x.test' }, {})])
    expect(account.misdirected).toHaveLength(1)
    expect(account.missing).toHaveLength(1)
    expect(settle([], [mail({}, { kind: 'escalation' })]).misdirected).toHaveLength(1)
  })

  it('is refused when nothing was owed and nothing came', () => {
    expect(() => settle([], [])).toThrow(RehearsalRefused)
    expect(() => settle([], [mail()])).toThrow('没有核对任何一条')
  })

  it('does not accept a wrong count', () => {
    const account = settle([owed], [mail({}, { count: 3 })])
    expect(account).toMatchObject({ missing: [expect.anything()], misdirected: [expect.anything()] })
  })

  it("reads a line of the reader's own office, in which that stands out", () => {
    const own = { officeName: '界岭镇' }
    expect(lineOf(own)).not.toContain('界岭镇')
    expect(settle([{ ...owed, ...own }], [mail({}, own)])).toMatchObject({ missing: [], misdirected: [] })
    expect(settle([owed], [mail({}, own)]).misdirected).toHaveLength(1)
  })

  it('reads of what was passed without a day', () => {
    const passed = { kind: 'accepted', dueOn: null } as const
    const line = { ...owed, ...passed }
    const text = `【已通过】毛坝镇 黄色预警核查 2件`
    expect(settle([line], [mail({ text })])).toMatchObject({ missing: [], misdirected: [], got: 1 })
    expect(settle([line], []).missing).toEqual([
      'officer@x.test 【已通过】毛坝镇 黄色预警核查 2件 应在 2022-07-13 08:30 批次(before-3)',
    ])
  })

  describe('of lines that a mail only counts', () => {
    const other = { ...owed, label: '橙色预警核查', count: 3 }
    const counting = (words: string) => mail({ text: `${lineOf({})}\r\n    另有 ${words},见上面的链接\r\n` })

    it('finds nothing when they are as many, and about as many things, as are owed and not listed', () => {
      expect(settle([owed, other], [counting('1 条(3 件)')])).toMatchObject({ missing: [], misdirected: [] })
    })

    it.each(['2 条(3 件)', '1 条(4 件)'])('finds a wrong count: %s', (words) => {
      const account = settle([owed, other], [counting(words)])
      expect(account.misdirected).toEqual([expect.stringContaining('应为 1 条 3 件')])
      expect(account.missing).toHaveLength(1)
    })

    it('finds counted lines that nobody was owed, and those of another round', () => {
      expect(settle([owed], [counting('1 条(3 件)')]).misdirected).toHaveLength(1)
      const later = settle([owed, { ...other, round: afternoon }], [counting('1 条(3 件)')])
      expect(later.misdirected).toHaveLength(1)
      expect(later.missing).toHaveLength(1)
    })
  })
})
