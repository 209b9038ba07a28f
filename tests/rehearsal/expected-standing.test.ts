import { describe, expect, it } from 'vitest'
import { endOfDay, instantAt } from '../../src/domain/time/days.ts'
import { deadlineOf } from '../../src/rehearsal/expectation.ts'
import { ExpectedHistory, type StoryTurn } from '../../src/rehearsal/expected-history.ts'
import {
  type ExpectedBefore,
  expectedLate,
  expectedStanding,
  workingDaysBetween,
} from '../../src/rehearsal/expected-standing.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import { PEOPLE } from './who.ts'

const calendar = simpleCalendar()
const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const MONDAY = at('2022-07-11 08:30')
const NONE = { count: 0, longest: 0, red: 0 }

function turn(over: Partial<StoryTurn> = {}): StoryTurn {
  return {
    ...{ item: 'YJ1', office: 'maoba', owner: 'maoba', kind: 'warning', level: 'orange', stage: 'perform' },
    ...{ called: 'YJ1', policy: 1, startedAt: at('2022-07-01 10:00'), dueOn: '2022-07-08', endedAt: null },
    ...over,
  }
}
const TURNS = [
  turn(),
  turn({ item: 'YJ2', level: 'red', dueOn: '2022-07-05' }),
  turn({ item: 'YJ3', dueOn: '2022-07-11' }),
  turn({ item: 'YJ4', stage: 'redo', dueOn: '2022-07-14' }),
  turn({ item: 'YJ5', dueOn: '2022-07-15' }),
  turn({ item: 'YJ6', endedAt: at('2022-07-06 10:00') }),
  turn({
    item: 'YJ6',
    stage: 'review',
    office: 'relief',
    startedAt: at('2022-07-06 10:00'),
    dueOn: '2022-07-08',
  }),
  turn({ item: 'YJ7', stage: 'review', office: 'relief', dueOn: '2022-07-13' }),
]
/** The head was told of the orange one in this round, and the leader of the red one after it. */
const TOLD = new Map([
  [deadlineOf(TURNS[0]!), [{ round: MONDAY, height: 1 }]],
  [deadlineOf(TURNS[1]!), [{ round: MONDAY + 1, height: 4 }]],
])
const standing = (email: string, turns = TURNS, now = MONDAY, lateBefore: ExpectedBefore | null = null) =>
  expectedStanding(email, turns, now, lateBefore, { people: PEOPLE, calendar, told: TOLD })

const TOWN = {
  scope: '毛坝镇',
  inHand: 5,
  late: { count: 2, longest: 4, red: 1 },
  ...{ dueToday: 1, dueSoon: 1, returned: 1, inReview: 2 },
}
const UNASKED = { requests: null, offers: null }
const BEFORE = { count: 5, on: '2022-07-04' }
const COUNTY = {
  late: { count: 2, longest: 4, red: 1 },
  offices: [{ office: 'maoba', officeName: '毛坝镇', told: '镇分管领导', count: 2, longest: 4, red: 1 }],
  lateBefore: BEFORE,
}

describe('how things stood', () => {
  it.each(['officer@x.test', 'head@x.test'])('for %s is what the town has in hand', (email) => {
    expect(standing(email)).toEqual({ own: TOWN, review: null, county: null, ...UNASKED })
  })

  it('for the centre is what waits for its review, and the county', () => {
    expect(standing('relief1@x.test', TURNS, MONDAY, BEFORE)).toEqual({
      own: null,
      review: { waiting: 2, late: 1, oldestDueOn: '2022-07-08' },
      county: COUNTY,
      ...UNASKED,
    })
  })

  it('for the leader is the county, in which a late review does not count', () => {
    expect(standing('leader@x.test', TURNS, MONDAY, BEFORE)).toEqual({
      own: null,
      review: null,
      county: COUNTY,
      ...UNASKED,
    })
  })

  it('for a centre that has work of its own is that as well', () => {
    const own = turn({ office: 'relief', owner: 'relief' })
    expect(standing('relief1@x.test', [own]).own).toMatchObject({ scope: '救助中心', late: { count: 1 } })
  })

  it('for whoever has nothing is nothing', () => {
    expect(standing('checks@x.test')).toMatchObject({ own: { scope: '核对中心', late: NONE }, county: null })
    expect(standing('auditor@x.test')).toEqual({ own: null, review: null, county: null, ...UNASKED })
  })

  it('has what waits for an answer apart: it is no late work, of whoever answers or of the county', () => {
    const beside = [
      turn({ item: 'YJ8', stage: 'extension', office: 'relief', dueOn: '2022-07-08' }),
      turn({ item: 'YJ9', stage: 'hand-over', owner: 'relief', dueOn: '2022-07-12' }),
    ]
    expect(standing('relief1@x.test', beside)).toMatchObject({
      own: null,
      requests: { waiting: 1, late: 1, oldestDueOn: '2022-07-08' },
      offers: null,
      county: { late: NONE, offices: [] },
    })
    for (const email of ['officer@x.test', 'head@x.test'])
      expect(standing(email, beside)).toMatchObject({
        own: { inHand: 0, late: NONE },
        requests: null,
        offers: { waiting: 1, late: 0, oldestDueOn: '2022-07-12' },
      })
  })

  it('counts what was done in the very instant of the mail, and only what was registered by then', () => {
    const late = (over: Partial<StoryTurn>) => standing('officer@x.test', [turn(over)]).own?.late.count
    expect(late({ endedAt: MONDAY })).toBe(1)
    expect(late({ endedAt: MONDAY - 1 })).toBe(0)
    expect(late({ startedAt: MONDAY })).toBe(1)
    expect(late({ startedAt: MONDAY, stage: 'redo' })).toBe(0)
    expect(late({ startedAt: MONDAY + 1 })).toBe(0)
  })

  it('is late from 24:00 of its day, and on a day off due today only at its own day', () => {
    const own = (now: number, dueOn: string) => standing('officer@x.test', [turn({ dueOn })], now).own
    expect(own(endOfDay('2022-07-08') - 1, '2022-07-08')).toMatchObject({ late: NONE, dueToday: 1 })
    expect(own(endOfDay('2022-07-08'), '2022-07-08')?.late).toEqual({ count: 1, longest: 0, red: 0 })
    expect(own(at('2022-07-08 08:30'), '2022-07-10')).toMatchObject({ dueToday: 1, dueSoon: 0 })
    expect(own(at('2022-07-09 08:30'), '2022-07-10')).toMatchObject({ dueToday: 0, dueSoon: 1 })
  })
})

it('a reader hears of the late obligations of the county they oversee, else of their own', () => {
  expect(expectedLate(standing('leader@x.test'))).toBe(2)
  expect(expectedLate(standing('officer@x.test'))).toBe(2)
  expect(expectedLate(standing('auditor@x.test'))).toBe(0)
})

it('working days are those after the first day, up to the second', () => {
  expect(workingDaysBetween('2022-07-08', '2022-07-08', calendar)).toBe(0)
  expect(workingDaysBetween('2022-07-08', '2022-07-10', calendar)).toBe(0)
  expect(workingDaysBetween('2022-07-08', '2022-07-11', calendar)).toBe(1)
  expect(workingDaysBetween('2022-09-30', '2022-10-10', calendar)).toBe(3)
})

it('the history tells of the turn whose work was passed, not of its review', () => {
  const history = new ExpectedHistory(calendar)
  const item = { item: 'YJ1', kind: 'warning', level: 'orange', office: 'maoba', reviewer: 'relief' }
  history.begin(item, '2022-07-01', null, at('2022-07-01 10:00'))
  history.submitted(item, at('2022-07-04 10:00'))
  history.returned(item, at('2022-07-05 10:00'))
  history.submitted(item, at('2022-07-06 10:00'))
  history.passed(item, at('2022-07-07 10:00'))
  expect(history.accepted).toMatchObject([
    { turn: { item: 'YJ1', stage: 'redo', office: 'maoba', owner: 'maoba' }, at: at('2022-07-07 10:00') },
  ])
  expect(history.turns.map((t) => `${t.stage} ${t.office} ${t.owner}`)).toEqual([
    'perform maoba maoba',
    'review relief maoba',
    'redo maoba maoba',
    'review relief maoba',
  ])
  expect(history.turns.every((t) => t.endedAt !== null)).toBe(true)
})

it('nothing is named by its id, which is another one in each rehearsal', () => {
  const item = { kind: 'warning', level: 'orange', office: 'maoba', reviewer: 'relief' }
  const begin = (name: string) =>
    new ExpectedHistory(calendar).begin({ ...item, item: name }, '2022-07-01', null, at('2022-07-01 10:00'))
  expect(() => begin('ob_1m8nybap5v79m4tv87yjj87vp')).toThrow('is an id')
  expect(begin('YJ1').item).toBe('YJ1')
})
