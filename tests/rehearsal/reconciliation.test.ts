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
const mail = (change: Partial<Acceptance> = {}, ...lines: Partial<OwedLine>[]): Acceptance => ({
  messageId: '<a@x.test>',
  to: 'officer@x.test',
  acceptedAt: morning,
  text: lines
    .map((line) => formatDigestLine({ ...owed, ...line, late: false, workingDays: 3 }, 2022))
    .join('\r\n    · YJ1\r\n'),
  ...change,
})

describe('the reconciliation', () => {
  it('finds nothing when everybody got exactly what was owed, when it was owed', () => {
    const account = settleAccount([owed], [mail({}, {})])
    expect(account).toEqual({ missing: [], doubled: [], misdirected: [], late: [], retransmitted: 0, got: 1 })
  })

  it('reports as missing what nobody got, and says why it was owed', () => {
    const { missing } = settleAccount([owed], [])
    expect(missing).toEqual([
      'officer@x.test 【提醒】毛坝镇 黄色预警核查 2件 2022-07-18到期 应在 2022-07-13 08:30 批次(before-3)',
    ])
  })

  it('calls a second Message-ID doubled, and the same one sent again a retransmission', () => {
    const twice = settleAccount([owed], [mail({}, {}), mail({ messageId: '<b@x.test>' }, {})])
    expect(twice.doubled).toHaveLength(1)
    const again = settleAccount([owed], [mail({}, {}), mail({}, {})])
    expect(again).toMatchObject({ doubled: [], misdirected: [], retransmitted: 1 })
  })

  it('finds a line that stands twice in one mail', () => {
    expect(settleAccount([owed], [mail({}, {}, {})]).doubled).toHaveLength(1)
  })

  it('counts red warnings of one day as so many lines', () => {
    expect(settleAccount([owed, owed], [mail({}, {}, {})])).toMatchObject({ missing: [], doubled: [] })
  })

  it('calls what came a round later late, not missing', () => {
    const account = settleAccount([owed], [mail({ acceptedAt: afternoon }, {})])
    expect(account).toMatchObject({ missing: [], misdirected: [] })
    expect(account.late).toHaveLength(1)
  })

  it('finds what went to somebody who was not owed it, or was never owed', () => {
    const account = settleAccount([owed], [mail({ to: 'head@x.test' }, {})])
    expect(account.misdirected).toHaveLength(1)
    expect(account.missing).toHaveLength(1)
    expect(settleAccount([], [mail({}, { kind: 'escalation' })]).misdirected).toHaveLength(1)
  })

  it('is refused when nothing was owed and nothing came', () => {
    expect(() => settleAccount([], [])).toThrow(RehearsalRefused)
    expect(() => settleAccount([], [mail()])).toThrow('没有核对任何一条')
  })

  it('does not accept a wrong count', () => {
    const account = settleAccount([owed], [mail({}, { count: 3 })])
    expect(account).toMatchObject({ missing: [expect.anything()], misdirected: [expect.anything()] })
  })
})
