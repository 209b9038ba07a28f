import { expect, test } from 'vitest'
import { beijingText, instantAt } from '../../src/domain/time/days.ts'
import { changingCalendar } from '../../src/rehearsal/changing-calendar.ts'
import { owedLines } from '../../src/rehearsal/expectation.ts'
import { ExpectedHistory, type StoryItem } from '../../src/rehearsal/expected-history.ts'
import { peopleOf } from '../../src/rehearsal/people.ts'
import { readingRound } from '../../src/rehearsal/quiet-days.ts'
import { settleAccount } from '../../src/rehearsal/reconciliation.ts'
import { sampleCounty } from '../../src/rehearsal/sample-county.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import { countyFaults } from '../../src/rehearsal/told-of-county.ts'
import { lifeFaults, type StoryDecision } from '../../src/rehearsal/told-of-life.ts'
import { HOLDINGS, OFFICES, PEOPLE } from './who.ts'

const CHECKS = 'checks@x.test'
/** Wednesdays, as the rehearsal has them. 1, 15 and 22 June 2022 are Wednesdays. */
const people = peopleOf(OFFICES, HOLDINGS, { [CHECKS]: [3] })
const calendar = simpleCalendar()
const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const until = at('2022-12-31 00:00')
const world = { people, calendar, until }
const comparison: StoryItem = {
  ...{
    item: '与医保局上半年数据比对@checks',
    name: '「与医保局上半年数据比对」',
    kind: 'comparison',
    level: null,
  },
  ...{ office: 'checks', reviewer: 'bureau' },
}
const told = (story: ExpectedHistory, to: string, by = people) =>
  owedLines(story, { ...world, people: by })
    .filter((line) => line.to === to)
    .sort((a, b) => a.round - b.round)
    .map((line) => `${beijingText(line.round).slice(5)} ${line.kind}${line.waited ? ' waited' : ''}`)

test('what begins waits for the quiet day to pass; what the schedule names a time for does not', () => {
  const story = new ExpectedHistory(calendar)
  story.begin(comparison, '2022-06-01', '2022-06-15', at('2022-06-01 00:00'))
  story.ended(comparison, at('2022-06-15 16:45'))
  expect(told(story, CHECKS)).toEqual([
    '06-02 08:30 assigned waited',
    '06-08 08:30 reminder',
    '06-14 08:30 reminder',
    '06-15 08:30 reminder',
  ])
  expect(told(story, CHECKS, PEOPLE)[0]).toBe('06-01 08:30 assigned')
})

test('what was passed on two days is one line of the morning that both wait for', () => {
  const story = new ExpectedHistory(calendar)
  const other = { ...comparison, item: '与乡村振兴局上半年数据比对@checks' }
  for (const [item, day] of [
    [comparison, '06-07'],
    [other, '06-08'],
  ] as const) {
    story.begin(item, '2022-06-01', '2022-06-15', at('2022-06-01 00:00'))
    story.submitted(item, at(`2022-06-06 10:45`))
    story.passed(item, at(`2022-${day} 10:45`))
  }
  const lines = owedLines(story, world).filter(({ kind }) => kind === 'accepted')
  expect(lines.map(({ round, count }) => [beijingText(round).slice(5), count])).toEqual([['06-09 08:30', 2]])
})

test('a mail on the quiet day is a line that nobody was owed, and the one that waited is missing without it', () => {
  const story = new ExpectedHistory(calendar)
  story.begin(comparison, '2022-06-01', '2022-06-15', at('2022-06-01 00:00'))
  const begun = owedLines(story, { ...world, until: at('2022-06-03 00:00') }).filter(
    ({ to }) => to === CHECKS,
  )
  const line = '【新任务】◔ 剩 10 个工作日 6月15日 周三到期 · 数据比对 → 完成比对并上传结果'
  const mail = { messageId: '<a@x.test>', to: CHECKS, acceptedAt: at('2022-06-01 08:30'), text: line }
  const reader = () => ({ ownOffice: '核对中心', offices: new Set(['核对中心']) })
  const settle = (acceptedAt: string) =>
    settleAccount(begun, [{ ...mail, acceptedAt: at(acceptedAt) }], reader)
  expect(settle('2022-06-02 08:30')).toMatchObject({ missing: [], misdirected: [], late: [] })
  const early = settle('2022-06-01 08:30')
  expect(early.misdirected).toEqual([expect.stringContaining('收于 2022-06-01 08:30')])
  expect(early.missing).toEqual([expect.stringContaining('应在 2022-06-02 08:30 批次')])
})

test('quiet days are asked of the round that was promised, not of one that a change of days puts in its place', () => {
  const flood = changingCalendar()
  const promised = at('2022-06-07 08:30')
  const read = (quiet: number[]) =>
    beijingText(
      readingRound(CHECKS, promised, at('2022-06-06 10:00'), {
        people: peopleOf(OFFICES, HOLDINGS, { [CHECKS]: quiet }),
        calendar: flood,
      }),
    )
  flood.change(at('2022-06-06 18:00'), { '2022-06-07': false })
  expect(read([])).toBe('2022-06-08 08:30')
  // The 8th is a Wednesday: what goes with another round than was promised asks nobody again.
  expect(read([3])).toBe('2022-06-08 08:30')
  expect(read([2])).toBe('2022-06-08 08:30')

  const story = new ExpectedHistory(flood)
  story.begin(comparison, '2022-06-06', '2022-06-20', at('2022-06-06 10:00'))
  const lines = owedLines(story, { ...world, calendar: flood }).filter(({ to }) => to === CHECKS)
  expect(beijingText(lines[0]!.round)).toBe('2022-06-08 08:30')
})

test('an override and a decision wait too, for that reader alone', () => {
  const override = { at: at('2022-06-21 10:10'), title: '排查', blockers: 2 }
  const text = (line: string) => `你好\n\n—— 更正和变动 ——\n\n  ${line}\n\n`
  const words = '王局长决定“排查”放行,当时还有 2 件没有办结;理由见网页'
  const span = { start: at('2022-06-21 09:00'), until: at('2022-06-23 18:00') }
  const mails = (checks: string) =>
    [
      ...['relief1', 'relief2'].map((to) => ({ to: `${to}@x.test`, on: '2022-06-22 08:30' })),
      { to: CHECKS, on: `2022-06-${checks} 08:30` },
    ].map(({ to, on }) => ({ messageId: `${to} ${on}`, to, acceptedAt: at(on), text: text(words) }))
  const faults = (checks: string) =>
    countyFaults(mails(checks), [], span, { unreached: () => 0, overrides: [override] }, { people, calendar })
  expect(faults('23')).toEqual([])
  expect(faults('22')).toHaveLength(2)

  const story = new ExpectedHistory(calendar)
  story.begin(comparison, '2022-06-01', '2022-06-15', at('2022-06-01 00:00'))
  const decision: StoryDecision = {
    ...{ item: comparison.item, name: comparison.name!, action: 'grant-extension', dueOn: '2022-06-20' },
    ...{ office: null, performer: '', at: at('2022-06-14 10:45') },
  }
  const granted = (on: string) => ({
    ...{ messageId: on, to: CHECKS, acceptedAt: at(on) },
    text: text(`${decision.name} 延期已批准,限时改为6月20日。`),
  })
  const decided = { decisions: [decision], promises: [], dayChanges: [] }
  expect(lifeFaults([granted('2022-06-16 08:30')], story.turns, decided, world)).toEqual([])
  expect(lifeFaults([granted('2022-06-15 08:30')], story.turns, decided, world)).toHaveLength(2)
})

test('over a quiet Friday it is Monday, and over quiet days in a row the first that is none', () => {
  const round = (day: string, quiet: number[]) => {
    const named = peopleOf(OFFICES, HOLDINGS, { [CHECKS]: quiet })
    return beijingText(
      readingRound(CHECKS, at(`${day} 08:30`), at(`${day} 00:00`), { people: named, calendar }),
    )
  }
  expect(round('2022-06-10', [5])).toBe('2022-06-13 08:30')
  expect(round('2022-06-07', [2, 3])).toBe('2022-06-09 08:30')
  expect(round('2022-06-07', [])).toBe('2022-06-07 08:30')
})

test('the verification centre of the rehearsal has Wednesdays quiet, and nobody else has any', () => {
  const { people: played } = sampleCounty()
  const quiet = played.everybody.filter((email) => played.quietDaysOf(email).length > 0)
  expect(quiet.flatMap((email) => played.postsOf(email).map(({ role }) => role))).toEqual([
    'verification-centre',
  ])
  expect(quiet.map((email) => played.quietDaysOf(email))).toEqual([[3]])
})
