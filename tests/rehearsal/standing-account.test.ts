import { describe, expect, it } from 'vitest'
import { type Instant, instantAt } from '../../src/domain/time/days.ts'
import { composeDigest } from '../../src/mail/digest.ts'
import type { HeldWork } from '../../src/mail/digest-types.ts'
import type { StoryTurn } from '../../src/rehearsal/expected-history.ts'
import {
  type ExpectedBefore,
  expectedLate,
  type ExpectedStanding,
  type ExpectedWaiting,
  expectedStanding,
} from '../../src/rehearsal/expected-standing.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import type { Acceptance } from '../../src/rehearsal/sink.ts'
import { standingAccount } from '../../src/rehearsal/standing-account.ts'
import { toldOfLate } from '../../src/rehearsal/told-of-late.ts'
import { digest, dueOn, heldWork } from '../mail/sample.ts'
import { PEOPLE } from './who.ts'

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
/** Two weeks late: from Monday 11 July 2022 on. */
const TURN: StoryTurn = {
  ...{ item: 'YJ1', office: 'maoba', owner: 'maoba', kind: 'warning', level: 'orange', stage: 'perform' },
  ...{ called: 'YJ1', policy: 1, startedAt: at('2022-07-01 10:00'), dueOn: '2022-07-08' },
  endedAt: at('2022-07-22 17:00'),
}
const SPAN = { start: at('2022-07-04 00:00'), until: at('2022-07-22 18:00') }
const calendar = simpleCalendar()
/** The leader is told on the fifth working day, 15 July. */
const told = toldOfLate([TURN], { people: PEOPLE, calendar, until: SPAN.until })
const world = { people: PEOPLE, calendar, told }
const LINE = '【逾期】▲ 逾期 1 个工作日,本应 7月8日 周五办完 · 橙色预警核查 YJ1 → 入户核查并提交核查结论'
const RED = '【新任务】◔ 剩 3 个工作日 7月14日 周四到期 · 红色预警核查 YJ9 → 入户核查并提交核查结论'

type Sent = { to: string; on: string; lines: string[] }
const sent = (to: string, on: string, ...lines: string[]): Sent => ({ to: `${to}@x.test`, on, lines })
const WEEKLY = ['head', 'relief1', 'relief2', 'leader'].flatMap((to) => [
  sent(to, '2022-07-11 08:30'),
  sent(to, '2022-07-18 08:30'),
])
const OFFICER = [sent('officer', '2022-07-11 08:30', LINE), sent('officer', '2022-07-18 08:30', LINE)]

const answer = (stage: HeldWork['stage'], { waiting, oldestDueOn }: ExpectedWaiting, on: Instant) =>
  heldWork(1, oldestDueOn, {
    ...{ ...dueOn(oldestDueOn, on), stage, count: waiting },
    label: `黄色预警核查(${stage === 'extension' ? '延期申请' : '移交'})`,
  })

/** As the product says it. */
function mailSaying({ own, review, requests, offers, county }: ExpectedStanding, on: Instant): string {
  const standing = {
    own: own && { ...own, beforeDayOff: 0, office: null },
    review: review && { ...review, provisional: false },
    county: county && { ...county, notReached: [] },
  }
  const answers = [
    ...(requests ? [answer('extension', requests, on)] : []),
    ...(offers ? [answer('hand-over', offers, on)] : []),
  ]
  const late = { items: [], more: own?.late.count ?? 0 }
  return composeDigest(digest({ now: on, standing, answers, sections: [], late })).text
}

/** Mails that say the truth. */
function truthful(all: Sent[], turns = [TURN]): Acceptance[] {
  const before = new Map<string, ExpectedBefore>()
  const sorted = [...all].sort((a, b) => at(a.on) - at(b.on))
  return sorted.map(({ to, on, lines }, i) => {
    const standing = expectedStanding(to, turns, at(on), before.get(to) ?? null, world)
    before.set(to, { count: expectedLate(standing), on: on.slice(0, 10) })
    const text = [mailSaying(standing, at(on)), ...lines].join('\r\n')
    return { messageId: `<${i}@x.test>`, to, acceptedAt: at(on), text }
  })
}
const account = (mails: Acceptance[], turns = [TURN]) => standingAccount(mails, turns, SPAN, world)
const CLEAN = { untrue: [], untold: [], weekly: [], tooMany: [] }

describe('the account of how things stand', () => {
  it('finds nothing where every mail says the truth and everybody was told', () => {
    expect(account(truthful([...WEEKLY, ...OFFICER]))).toMatchObject({ ...CLEAN, compared: 10 })
  })

  it('says how many headings it read, and that of a whole year none is a finding', () => {
    const silent = truthful([...WEEKLY, ...OFFICER])
    const above = '\r\n    · 另 2 件列在上面;其余 1 件见列表'
    const mails = silent.with(0, { ...silent[0]!, text: `${silent[0]!.text}${above}` })
    expect(account(mails).asked).toBeGreaterThan(0)
    const say = (text: string) => text.replaceAll('—— 请您', '—— 烦您').replaceAll('请办结', '办好')
    const renamed = mails.map((mail) => ({ ...mail, text: say(mail.text) }))
    expect(account(renamed)).toMatchObject({ untrue: [], asked: 0 })
    const year = { start: at('2021-07-22 18:00'), until: SPAN.until }
    expect(standingAccount(renamed, [TURN], year, world).untrue).toEqual([
      expect.stringContaining('没有一个“请您……”的标题'),
    ])
    expect(standingAccount(mails, [TURN], year, world).untrue).toEqual([])
    expect(standingAccount(silent, [TURN], year, world).untrue).toEqual([
      expect.stringContaining('没有一句“另 n 件列在上面”'),
    ])
  })

  it('finds a block that lies, whichever number it is', () => {
    const mails = truthful([...WEEKLY, ...OFFICER])
    const index = mails.findIndex((m) => m.to === 'leader@x.test' && m.acceptedAt === at('2022-07-18 08:30'))
    const lie = (of: RegExp, words: string) => {
      const text = mails[index]!.text.replace(of, words)
      expect(text).not.toBe(mails[index]!.text)
      return account(mails.with(index, { ...mails[index]!, text }))
    }
    for (const [of, words] of [
      [/◆ 全县:逾期 1 件/, '◆ 全县:逾期 2 件'],
      [/已 6 个工作日;上次/, '已 5 个工作日;上次'],
      [/上次\(7月11日\)为 1 件/, '上次(7月11日)为 0 件'],
      [/上次\(7月11日\)/, '上次(7月12日)'],
      [/◆ 全县.*/, ''],
    ] as const) {
      const found = lie(of, words)
      expect(found.untrue).toEqual([expect.stringContaining('leader@x.test 2022-07-18 08:30 信中')])
      expect(found).toMatchObject({ untold: [], weekly: [], tooMany: [] })
    }
  })

  it('finds an answer that is late and stands in no mail of whoever is to give it', () => {
    const offer: StoryTurn = {
      ...{ ...TURN, item: 'YJ2', called: 'YJ2', stage: 'hand-over', owner: 'relief', dueOn: '2022-07-12' },
      ...{ startedAt: at('2022-07-08 10:00'), endedAt: null },
    }
    const turns = [TURN, offer]
    const mails = truthful([...WEEKLY, ...OFFICER], turns)
    expect(account(mails, turns)).toMatchObject(CLEAN)
    const index = mails.findIndex((m) => m.to === 'officer@x.test' && m.acceptedAt === at('2022-07-18 08:30'))
    expect(mails[index]!.text).toContain('◆ 待答复移交 1 件,本应 7月12日 周二答复,已逾期')
    const text = mails[index]!.text.replace(/◆ 待答复移交.*/, '')
    expect(account(mails.with(index, { ...mails[index]!, text }), turns).untrue).toEqual([
      expect.stringContaining('officer@x.test 2022-07-18 08:30 信中'),
    ])
  })

  it.each([
    ['单位', / {4}毛坝镇 {2}/, '    界岭镇  '],
    ['逾期件数', /毛坝镇 {2}逾期 1 件/, '毛坝镇  逾期 3 件'],
    ['最长', /最长 6 个工作日 {2}红色/, '最长 5 个工作日  红色'],
    ['红色', /红色 –/, '红色 1'],
    ['已通知到', /已通知到 分管局领导/, '已通知到 救助中心'],
    ['缺', / {4}毛坝镇 .*\r?\n/, ''],
  ])('finds a lie in the table of offices: %s', (what, of, words) => {
    const mails = truthful([...WEEKLY, ...OFFICER])
    const index = mails.findIndex((m) => m.to === 'leader@x.test' && m.acceptedAt === at('2022-07-18 08:30'))
    const text = mails[index]!.text.replace(of, words)
    expect(text).not.toBe(mails[index]!.text)
    const { untrue, ...rest } = account(mails.with(index, { ...mails[index]!, text }))
    expect(untrue).toEqual([
      expect.stringMatching(new RegExp(`^leader@x.test 2022-07-18 08:30 表中第 1 行.*${what}`)),
    ])
    expect(rest).toMatchObject({ untold: [], weekly: [], tooMany: [] })
  })

  it('finds a block of somebody else', () => {
    const mails = truthful([...WEEKLY, ...OFFICER])
    const officer = mails.findIndex((m) => m.to === 'officer@x.test')
    const text = `${mails.find((m) => m.to === 'leader@x.test')!.text}\r\n${LINE}`
    expect(account(mails.with(officer, { ...mails[officer]!, text })).untrue).toEqual([
      expect.stringContaining('信中'),
      expect.stringContaining('表中第 1 行多出 毛坝镇'),
    ])
  })

  it('finds a performer left out', () => {
    const { untold, ...rest } = account(truthful(WEEKLY))
    expect(untold).toEqual([expect.stringContaining('officer@x.test:YJ1 自 2022-07-08 起逾期,2022-07-11')])
    expect(rest).toMatchObject({ untrue: [], weekly: [], tooMany: [] })
  })

  it('finds a performer who was told once and then not for more than five working days', () => {
    const { untold } = account(truthful([...WEEKLY, OFFICER[0]!]))
    expect(untold).toEqual([expect.stringContaining('2022-07-19')])
  })

  it('does not take a mail of before the due day for one that says it is late', () => {
    const early = sent('officer', '2022-07-08 08:30', LINE)
    expect(account(truthful([...WEEKLY, early, OFFICER[1]!])).untold).toHaveLength(1)
  })

  it('asks nothing of a performer before the first rung, nor for a review', () => {
    const done = { ...TURN, endedAt: at('2022-07-11 08:00') }
    expect(account([], [done])).toMatchObject({ untold: [] })
    const review: StoryTurn = { ...TURN, stage: 'review', office: 'relief' }
    expect(account([], [review]).untold).toEqual([])
  })

  it('finds a missing weekly standing', () => {
    const without = WEEKLY.filter((m) => !(m.to === 'leader@x.test' && m.on === '2022-07-18 08:30'))
    expect(account(truthful([...without, ...OFFICER])).weekly).toEqual([
      'leader@x.test 2022-07-18 08:30 应有每周现状',
    ])
  })

  it('takes a mail with lines in that round for the weekly standing', () => {
    const with18 = WEEKLY.map((m) => (m.to === 'leader@x.test' ? { ...m, lines: [LINE] } : m))
    expect(account(truthful([...with18, ...OFFICER]))).toMatchObject(CLEAN)
  })

  it.each([
    ['to whoever has no weekly standing', sent('officer', '2022-07-13 08:30')],
    ['on another day than the first of the week', sent('head', '2022-07-12 08:30')],
    ['while nothing is late', sent('head', '2022-07-04 08:30')],
  ])('finds a mail about nothing %s', (_what, empty) => {
    const { weekly, ...rest } = account(truthful([...WEEKLY, ...OFFICER, empty]))
    expect(weekly).toEqual([`${empty.to} ${empty.on} 的邮件没有一条事由`])
    expect(rest).toMatchObject({ untrue: [], untold: [], tooMany: [] })
  })

  it('expects the weekly standing on the first working day of a week of holidays', () => {
    const span = { start: at('2022-09-11 00:00'), until: at('2022-09-16 18:00') }
    const late = { ...TURN, endedAt: null }
    const owed = standingAccount([], [late], span, world).weekly
    expect(owed).toContain('head@x.test 2022-09-13 08:30 应有每周现状')
    expect(owed).toHaveLength(4)
  })

  it('finds two digests on one day', () => {
    const again = sent('officer', '2022-07-18 14:30', LINE)
    const { tooMany, ...rest } = account(truthful([...WEEKLY, ...OFFICER, again]))
    expect(tooMany).toEqual(['officer@x.test 2022-07-18:2 封'])
    expect(rest).toMatchObject({ untrue: [], untold: [], weekly: [] })
  })

  it('lets urgent red mails come beside the digest of a day, but not a mail of both', () => {
    const red = sent('officer', '2022-07-18 10:00', RED)
    expect(account(truthful([...WEEKLY, ...OFFICER, red])).tooMany).toEqual([])
    const both = sent('officer', '2022-07-18 10:00', RED, LINE)
    expect(account(truthful([...WEEKLY, ...OFFICER, both])).tooMany).toHaveLength(1)
  })
})
