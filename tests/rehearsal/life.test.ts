import { describe, expect, it } from 'vitest'
import { beijingText, instantAt } from '../../src/domain/time/days.ts'
import { owedLines } from '../../src/rehearsal/expectation.ts'
import { ExpectedHistory, type StoryItem } from '../../src/rehearsal/expected-history.ts'
import { waitedPast } from '../../src/rehearsal/expected-parts.ts'
import { Fates } from '../../src/rehearsal/fates.ts'
import { isTooLate } from '../../src/rehearsal/life-work.ts'
import { neverPlayed } from '../../src/rehearsal/played-acts.ts'
import { settleAccount } from '../../src/rehearsal/reconciliation.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import type { Acceptance } from '../../src/rehearsal/sink.ts'
import { changesIn, lifeFaults, type StoryDecision } from '../../src/rehearsal/told-of-life.ts'
import { PEOPLE } from './who.ts'

const calendar = simpleCalendar()
const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const world = { people: PEOPLE, calendar, until: at('2022-12-31 00:00') }
const item: StoryItem = {
  ...{ item: 'YJ1', name: 'YJ1', kind: 'warning', level: 'yellow', office: 'maoba', reviewer: 'relief' },
}
const begun = () => {
  const story = new ExpectedHistory(calendar)
  story.begin(item, '2022-07-04', null, at('2022-07-04 10:00'))
  return story
}
const told = ({ turns, accepted }: ExpectedHistory, to: string) =>
  owedLines({ turns, accepted }, world)
    .filter((line) => line.to === to)
    .sort((a, b) => a.round - b.round)
    .map((line) => `${beijingText(line.round).slice(5)} ${line.kind} ${line.label}`)

it('nobody asks for more time once a recount has put the due day before the day of asking', () => {
  const [turn] = begun().turns
  const of = { id: 'ob_1', item, round: 0, turn: { ...turn!, dueOn: '2022-07-13' } }
  const plan = { action: 'request-extension' as const, detail: {}, at: 0, of, edition: 1 }
  expect(isTooLate(plan, at('2022-07-13 16:45'))).toBe(false)
  expect(isTooLate(plan, at('2022-07-14 00:00'))).toBe(true)
  expect(isTooLate({ ...plan, action: 'submit' }, at('2022-07-15 10:45'))).toBe(false)
})

describe('work that goes on with another day', () => {
  it('asked for on its last day, is reminded on the moved day and not again of what was told', () => {
    const story = begun()
    story.partsOf(item).more.push(4)
    story.goOn(item, at('2022-07-18 10:45'))
    story.ended(item, at('2022-07-22 16:45'))
    expect(told(story, 'officer@x.test').slice(4)).toEqual([
      '07-19 08:30 reminder 黄色预警核查',
      '07-21 08:30 reminder 黄色预警核查',
      '07-22 08:30 reminder 黄色预警核查',
    ])
  })

  it('is told to nobody while it is paused, and its day moves by the working days of the pause', () => {
    const story = begun()
    story.partsOf(item).still.push({ from: '2022-07-08', until: '2022-07-22' })
    story.stop(item, at('2022-07-08 10:10'))
    story.hold(item, 'pause', 'relief', '2022-07-22', at('2022-07-08 10:10'))
    const { dueOn } = story.goOn(item, at('2022-07-23 00:00'))
    expect(dueOn).toBe('2022-08-01')
    const officer = told(story, 'officer@x.test').map((line) => line.slice(0, 5))
    expect(officer.filter((day) => day > '07-05' && day < '07-27')).toEqual([])
    expect(told(story, 'relief1@x.test').slice(0, 2)).toEqual([
      '07-20 08:30 reminder 黄色预警核查(暂停)',
      '07-22 08:30 reminder 黄色预警核查(暂停)',
    ])
  })

  it('with a request that nobody answers, goes up after a working day', () => {
    const story = begun()
    story.ask(item, 'extension', 'relief', at('2022-07-11 10:45'))
    expect(told(story, 'leader@x.test')[0]).toBe('07-14 08:30 escalation 黄色预警核查(延期申请)')
    expect(told(story, 'relief1@x.test').slice(0, 2)).toEqual([
      '07-12 08:30 requested 黄色预警核查(延期申请)',
      '07-13 08:30 reminder 黄色预警核查(延期申请)',
    ])
  })
})

it('a refusal that comes late leaves the day of the answer, never more than was asked for', () => {
  expect(waitedPast('2022-07-18', '2022-07-22', '2022-07-20', calendar)).toEqual({
    from: '2022-07-18',
    until: '2022-07-20',
  })
  expect(waitedPast('2022-07-18', '2022-07-22', '2022-07-29', calendar)?.until).toBe('2022-07-22')
  expect(waitedPast('2022-07-18', '2022-07-22', '2022-07-18', calendar)).toBeNull()
})

describe('what mails say of decisions and promises', () => {
  const mail = (text: string, to = 'officer@x.test'): Acceptance => ({
    ...{ messageId: 'a', to, acceptedAt: at('2022-07-12 08:30') },
    text: `您好\n\n—— 更正和变动 ——\n\n  ${text}\n\n为什么收到本信:更正或人员变动的告知\n`,
  })
  const decision: StoryDecision = {
    ...{
      item: 'YJ1',
      name: 'YJ1',
      action: 'grant-extension',
      dueOn: '2022-07-22',
      office: null,
      performer: '',
    },
    at: at('2022-07-11 16:45'),
  }
  const faults = (mails: Acceptance[], decisions: StoryDecision[] = []) =>
    lifeFaults(mails, begun().turns, { decisions, promises: [], dayChanges: [] }, world)
  const granted = 'YJ1 延期已批准,限时改为7月22日。'

  it('are read apart from what other parts of the account know', () => {
    expect(changesIn(mail(granted))).toEqual([granted])
    expect(changesIn(mail('决定“一个阶段”放行,当时还有 2 件没有办结'))).toEqual([])
  })

  it('agree, are missing, say another day, or are owed to nobody', () => {
    expect(faults([mail(granted)], [decision])).toEqual([])
    expect(faults([], [decision])).toHaveLength(1)
    expect(faults([mail('YJ1 延期已批准,限时改为7月21日。')], [decision])).toHaveLength(1)
    expect(faults([mail(granted)])).toHaveLength(1)
  })

  it('count a promise that nobody kept, and not one that was', () => {
    const promise = { item: 'YJ1', name: 'YJ1', by: '张三', on: '2022-07-11', notedBy: 'relief1@x.test' }
    const promises = [{ ...promise, at: at('2022-07-08 10:45') }]
    const broken = mail('YJ1 毛坝镇的张三答应7月11日办完,还没有提交。', 'relief1@x.test')
    const story = begun()
    const of = (mails: Acceptance[]) =>
      lifeFaults(mails, story.turns, { decisions: [], promises, dayChanges: [] }, world)
    expect(of([broken])).toEqual([])
    expect(of([])).toHaveLength(1)
    story.submitted(item, at('2022-07-11 16:45'))
    expect(of([])).toEqual([])
    expect(of([broken])).toHaveLength(1)
  })
})

it('a reminder about what is paused is a line that nobody is owed, and a request nobody hears of is missing', () => {
  const story = begun()
  story.stop(item, at('2022-07-08 10:10'))
  story.hold(item, 'pause', 'relief', '2022-07-22', at('2022-07-08 10:10'))
  story.ask({ ...item, item: 'YJ2' }, 'extension', 'relief', at('2022-07-11 10:45'))
  const reminder: Acceptance = {
    ...{ messageId: 'b', to: 'officer@x.test', acceptedAt: at('2022-07-13 08:30') },
    text: '【提醒】◔ 剩 3 个工作日 7月18日 周一到期 · 黄色预警核查 1件 → 入户核查',
  }
  const reader = () => ({ ownOffice: '毛坝镇', offices: new Set(['毛坝镇']) })
  const account = settleAccount(owedLines(story, world), [reminder], reader)
  expect(account.misdirected.join()).toContain('【提醒】毛坝镇 黄色预警核查 1件')
  expect(account.missing.join()).toContain(
    '【待批】毛坝镇 黄色预警核查(延期申请)'.replace('毛坝镇', '救助中心'),
  )
})

it('eight of a hundred ask for more time and five are offered elsewhere, each answer in turn', () => {
  const fates = new Fates()
  const drawn = Array.from({ length: 400 }, () => fates.of(item)).filter((fate) => fate !== null)
  const asks = drawn.filter(({ act }) => act === 'ask')
  expect(asks.length).toBeGreaterThan(28)
  expect(new Set(asks.map(({ answer }) => answer))).toHaveLength(5)
  expect(new Set(drawn.filter(({ act }) => act === 'offer').map(({ answer }) => answer))).toHaveLength(5)
})

it('an act that the part of the year has to have is missed, and one that it cannot have is not', () => {
  const august = { start: at('2022-08-01 00:00'), until: at('2022-08-31 00:00') }
  expect(neverPlayed({ suspend: 3, 'problem-register': 1 }, august)).toEqual([
    '08-01 至 08-31 之间没有一次“恢复办理”',
  ])
  expect(neverPlayed({}, { ...august, start: at('2022-08-20 00:00') })).toEqual([])
})
