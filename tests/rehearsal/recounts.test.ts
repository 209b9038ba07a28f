import { describe, expect, it } from 'vitest'
import { beijingText, instantAt } from '../../src/domain/time/days.ts'
import { changingCalendar } from '../../src/rehearsal/changing-calendar.ts'
import { owedLines } from '../../src/rehearsal/expectation.ts'
import { ExpectedHistory, type StoryItem } from '../../src/rehearsal/expected-history.ts'
import { effectOf, recountAll } from '../../src/rehearsal/expected-recount.ts'
import { unreached } from '../../src/rehearsal/recount-work.ts'
import type { Acceptance } from '../../src/rehearsal/sink.ts'
import { lifeFaults, type StoryDayChange } from '../../src/rehearsal/told-of-life.ts'
import { PEOPLE } from './who.ts'

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const UNTIL = at('2022-12-31 00:00')
const item = (id: string, more: Partial<StoryItem> = {}): StoryItem => ({
  ...{ item: id, name: id, kind: 'warning', level: 'orange', office: 'maoba', reviewer: 'relief', ...more },
})

/** Two orange warnings of a Thursday, of which one was told of this morning and one waits for the next, and a third under review. */
function given() {
  const calendar = changingCalendar()
  const story = new ExpectedHistory(calendar)
  story.begin(item('YJ1'), '2022-10-12', null, at('2022-10-12 16:45'))
  story.begin(item('YJ2'), '2022-10-13', null, at('2022-10-13 10:45'))
  story.begin(item('YJ3'), '2022-10-11', null, at('2022-10-11 10:45'))
  story.submitted(item('YJ3'), at('2022-10-13 10:45'))
  const told = (to: string) =>
    owedLines(story, { people: PEOPLE, calendar, until: UNTIL })
      .filter((line) => line.to === `${to}@x.test`)
      .sort((a, b) => a.round - b.round)
      .map((line) => `${beijingText(line.round).slice(5, 16)} ${line.kind} ${line.dueOn} ${line.count}`)
  return { calendar, story, told }
}
const NOW = at('2022-10-13 11:00')

describe('days that change', () => {
  it('move what is open, and are asked about by the days of then', () => {
    const { calendar, story } = given()
    calendar.change(NOW, { '2022-10-17': false, '2022-10-22': true })
    expect(calendar.isWorking('2022-10-17')).toBe(false)
    expect(calendar.asOf(NOW - 1).isWorking('2022-10-17')).toBe(true)
    expect(calendar.changedAt).toEqual([NOW])
    const changed = recountAll(story, NOW, null)
    expect(changed.map(({ item: id, before, dueOn }) => [id, before?.dueOn, dueOn])).toEqual([
      ['YJ1', '2022-10-19', '2022-10-20'],
      ['YJ2', '2022-10-20', '2022-10-21'],
      ['YJ3', '2022-10-20', '2022-10-21'],
    ])
    expect(effectOf(changed, NOW)).toEqual({ later: 3, earlier: 0, becomesLate: 0, ceasesLate: 0 })
  })

  it('tell again nothing that was told, and with the new day what waited for its morning', () => {
    const { calendar, story, told } = given()
    calendar.change(NOW, { '2022-10-17': false })
    recountAll(story, NOW, null)
    expect(told('officer').filter((line) => line > '10-13' && line < '10-19')).toEqual([
      '10-13 08:30 assigned 2022-10-19 1',
      '10-14 08:30 assigned 2022-10-21 1',
      '10-18 08:30 reminder 2022-10-20 1',
    ])
    expect(told('relief1')[0]).toBe('10-14 08:30 submitted 2022-10-21 1')
  })

  it('tell what began in that very instant, as it stands now', () => {
    const { calendar, story, told } = given()
    story.begin(item('YJ5', { level: 'yellow' }), '2022-10-13', null, NOW)
    calendar.change(NOW, { '2022-10-17': false })
    recountAll(story, NOW, null)
    expect(told('officer').filter((line) => line.includes('2022-10-28'))[0]).toBe(
      '10-14 08:30 assigned 2022-10-28 1',
    )
  })

  it('bring forward a reminder that lay ahead, once', () => {
    const { calendar, story, told } = given()
    const visit = item('YJ4', { kind: 'monitoring-visit', level: null })
    story.begin(visit, '2022-10-01', '2022-10-21', at('2022-10-10 10:45'))
    calendar.change(NOW, { '2022-10-17': false })
    recountAll(story, NOW, null)
    const visits = told('officer').filter((line) => line.includes('2022-10-21') && line.includes('reminder'))
    // Five working days before the 21st: the 14th, and now the 13th at opening, whose round has left.
    expect(visits[0]).toBe('10-14 08:30 reminder 2022-10-21 1')
    expect(visits.filter((line) => line < '10-19')).toHaveLength(1)
  })
})

describe('rules that change', () => {
  it('put all open work under the new version, with its days, and a redo has half of them', () => {
    const { story } = given()
    story.policy = 2
    const changed = recountAll(story, NOW, 2)
    expect(changed.map(({ item: id, before, dueOn }) => [id, before?.dueOn, dueOn])).toEqual([
      ['YJ1', '2022-10-19', '2022-10-20'],
      ['YJ2', '2022-10-20', '2022-10-21'],
      ['YJ3', '2022-10-20', '2022-10-19'],
    ])
    expect(effectOf(changed, NOW)).toMatchObject({ later: 2, earlier: 1 })
    story.submitted(item('YJ1'), at('2022-10-14 10:45'))
    expect(story.returned(item('YJ1'), at('2022-10-17 10:45')).dueOn).toBe('2022-10-20')
  })

  it('are told of behind their own deadline, also where the day stays', () => {
    const { story, told } = given()
    const visit = item('YJ4', { kind: 'monitoring-visit', level: null })
    story.begin(visit, '2022-10-01', '2022-11-21', at('2022-10-13 10:45'))
    story.policy = 2
    recountAll(story, NOW, 2)
    expect(told('officer').filter((line) => line.includes('assigned 2022-11-21'))).toEqual([
      '10-14 08:30 assigned 2022-11-21 1',
    ])
  })
})

it('what was taken back stands as it did, and nobody hears of it', () => {
  const { story, told } = given()
  const before = [...told('officer'), ...told('relief1')]
  const review = story.remember(item('YJ3'))
  story.returned(item('YJ3'), at('2022-10-14 10:45'))
  story.takeBack(item('YJ3'), review, at('2022-10-14 10:50'))
  const again = story.remember(item('YJ3'))
  story.passed(item('YJ3'), at('2022-10-14 16:45'))
  story.takeBack(item('YJ3'), again, at('2022-10-14 16:50'))
  expect([...told('officer'), ...told('relief1')]).toEqual(before)
  story.passed(item('YJ3'), at('2022-10-17 10:45'))
  expect(story.accepted.map(({ turn }) => turn.stage)).toEqual(['perform'])
})

describe('the line about days that moved', () => {
  const change: StoryDayChange = {
    ...{ office: 'maoba', why: '工作日历有变(演练,县府)', later: 2, earlier: 1 },
    ...{ names: ['YJ1', '「排查一:某类户」', 'YJ3'], at: NOW },
  }
  const mail = (text: string, to = 'officer@x.test'): Acceptance => ({
    ...{ messageId: 'a', to, acceptedAt: at('2022-10-14 08:30') },
    text: `您好\n\n—— 更正和变动 ——\n\n  ${text}\n\n为什么收到本信\n`,
  })
  const faults = (mails: Acceptance[], dayChanges: StoryDayChange[]) => {
    const { calendar, story } = given()
    const world = { people: PEOPLE, calendar, until: UNTIL }
    return lifeFaults(mails, story.turns, { decisions: [], promises: [], dayChanges }, world)
  }
  const text = (names: string) =>
    `工作日历有变(演练,县府):您处 2 件的限时推后、1 件的限时提前:${names}。请按新的日期办理。`

  it('agrees in any order, is missing, or is owed to nobody', () => {
    expect(faults([mail(text('YJ3、YJ1、「排查一:某类户」'))], [change])).toEqual([])
    expect(faults([], [change])).toHaveLength(1)
    expect(faults([mail(text('YJ3、YJ1、YJ2'))], [change])).toHaveLength(1)
    expect(faults([mail(text('YJ1'))], [])).toHaveLength(1)
  })

  it('counts what is more than five', () => {
    const names = ['YJ1', 'YJ2', 'YJ3', 'YJ4', 'YJ5', 'YJ6']
    const many = { ...change, later: 6, earlier: 0, names }
    const said =
      '工作日历有变(演练,县府):您处 6 件的限时推后:YJ6、YJ5、YJ4、YJ3、YJ2 等 6 件。请按新的日期办理。'
    expect(faults([mail(said)], [many])).toEqual([])
    expect(faults([mail(said.replaceAll('6 件', '7 件'))], [many])).toHaveLength(1)
  })
})

it('what is in hand and has no day in the answers is told of: a comparison with an empty list is none', () => {
  expect(unreached(['ob1', 'ob2'], new Set(['ob2', 'ob1', 'other']), '改规则')).toEqual([])
  expect(unreached(['ob1', 'ob2'], new Set(), '改规则')).toEqual([
    '改规则:应核对 2 件的到期日,接口答的里没有其中 2 件',
  ])
})
