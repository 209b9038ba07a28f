import { describe, expect, it } from 'vitest'
import { beijingText, instantAt } from '../../src/domain/time/days.ts'
import { owedLines } from '../../src/rehearsal/expectation.ts'
import { peopleOf } from '../../src/rehearsal/people.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import type { StoryAcceptance, StoryTurn } from '../../src/rehearsal/expected-history.ts'
import { HOLDINGS, OFFICES, PEOPLE } from './who.ts'

const calendar = simpleCalendar()
const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const until = at('2022-12-31 00:00')
const yellow = (turn: Partial<StoryTurn> = {}): StoryTurn => ({
  item: 'YJ1',
  called: 'YJ1',
  policy: 1,
  office: 'maoba',
  owner: 'maoba',
  kind: 'warning',
  level: 'yellow',
  stage: 'perform',
  startedAt: at('2022-07-04 10:00'),
  dueOn: '2022-07-18',
  endedAt: null,
  ...turn,
})
const told = (turns: StoryTurn[], to: string, people = PEOPLE, accepted: StoryAcceptance[] = []) =>
  owedLines({ turns, accepted }, { people, calendar, until })
    .filter((line) => line.to === to)
    .sort((a, b) => a.round - b.round)
    .map((line) => `${beijingText(line.round)} ${line.kind} ${line.officeName} ${line.label} ${line.count}`)

describe('what a yellow warning owes', () => {
  it('reaches its officer the next morning, three days before, one day before, and on the day', () => {
    const done = yellow({ endedAt: at('2022-07-18 16:00') })
    expect(told([done], 'officer@x.test')).toEqual([
      '2022-07-05 08:30 assigned 毛坝镇 黄色预警核查 1',
      '2022-07-13 08:30 reminder 毛坝镇 黄色预警核查 1',
      '2022-07-15 08:30 reminder 毛坝镇 黄色预警核查 1',
      '2022-07-18 08:30 reminder 毛坝镇 黄色预警核查 1',
    ])
  })

  it('reaches nobody once it is done', () => {
    expect(told([yellow({ endedAt: at('2022-07-12 16:00') })], 'officer@x.test')).toEqual([
      '2022-07-05 08:30 assigned 毛坝镇 黄色预警核查 1',
    ])
    expect(told([yellow({ endedAt: at('2022-07-04 16:00') })], 'officer@x.test')).toEqual([])
  })

  it('reaches the head two days late, the centre five, the leader ten, then the centre every five', () => {
    const done = yellow({ endedAt: at('2022-08-16 16:00') })
    const rungs = (to: string) => told([done], to).map((line) => line.replace(' 毛坝镇 黄色预警核查 1', ''))
    expect(rungs('head@x.test').filter((l) => !l.includes('copied'))).toEqual(['2022-07-20 08:30 escalation'])
    expect(rungs('leader@x.test')).toEqual(['2022-08-01 08:30 escalation'])
    expect(rungs('relief2@x.test').filter((l) => !l.includes('copied'))).toEqual([
      '2022-07-25 08:30 escalation',
      '2022-08-08 08:30 escalation',
      '2022-08-15 08:30 escalation',
    ])
  })

  it('lets those below know of each rung above, and tells whoever is late of every one', () => {
    const done = yellow({ endedAt: at('2022-08-16 16:00') })
    const days = (to: string, kind: string) =>
      told([done], to)
        .filter((line) => line.includes(` ${kind} `))
        .map((line) => line.slice(5, 10))
    expect(days('head@x.test', 'copied')).toEqual(['07-25', '08-01', '08-08', '08-15'])
    expect(days('relief1@x.test', 'copied')).toEqual(['08-01'])
    expect(days('officer@x.test', 'overdue')).toEqual(['07-20', '07-25', '08-01', '08-08', '08-15'])
    expect(days('leader@x.test', 'copied')).toEqual([])
  })

  it('is one line for all that are due together, counting what is still open', () => {
    const two = [yellow(), yellow({ item: 'YJ2', endedAt: at('2022-07-14 10:00') })]
    expect(told(two, 'officer@x.test').slice(0, 3)).toEqual([
      '2022-07-05 08:30 assigned 毛坝镇 黄色预警核查 2',
      '2022-07-13 08:30 reminder 毛坝镇 黄色预警核查 2',
      '2022-07-15 08:30 reminder 毛坝镇 黄色预警核查 1',
    ])
  })

  it('is told in the next morning, and once, for what passed before it came', () => {
    const old = yellow({ startedAt: at('2022-07-21 10:00'), endedAt: at('2022-07-22 17:00') })
    expect(told([old], 'officer@x.test')).toEqual(['2022-07-22 08:30 overdue 毛坝镇 黄色预警核查 1'])
    expect(told([old], 'head@x.test')).toEqual(['2022-07-22 08:30 escalation 毛坝镇 黄色预警核查 1'])
    expect(told([old], 'leader@x.test')).toEqual([])
    expect(told([{ ...old, endedAt: at('2022-07-21 17:00') }], 'officer@x.test')).toEqual([])
  })

  it('reaches everybody told before once more when another joins late', () => {
    const joined = [yellow(), yellow({ item: 'YJ2', startedAt: at('2022-07-20 10:00') })]
    expect(told(joined, 'officer@x.test').filter((l) => l.startsWith('2022-07-21'))).toEqual([
      '2022-07-21 08:30 overdue 毛坝镇 黄色预警核查 2',
    ])
    expect(told(joined, 'head@x.test').slice(0, 2)).toEqual([
      '2022-07-20 08:30 escalation 毛坝镇 黄色预警核查 1',
      '2022-07-21 08:30 escalation 毛坝镇 黄色预警核查 2',
    ])
  })
})

describe('what a red warning owes', () => {
  const red = (turn: Partial<StoryTurn> = {}) =>
    yellow({ level: 'red', startedAt: at('2022-07-08 11:15'), dueOn: '2022-07-13', ...turn })

  it('is told at once in office hours, then the day before, and twice on the day', () => {
    const done = red({ endedAt: at('2022-07-13 17:00') })
    expect(told([done], 'officer@x.test')).toEqual([
      '2022-07-08 11:15 assigned 毛坝镇 红色预警核查 1',
      '2022-07-12 08:30 reminder 毛坝镇 红色预警核查 1',
      '2022-07-13 08:30 reminder 毛坝镇 红色预警核查 1',
      '2022-07-13 14:30 reminder 毛坝镇 红色预警核查 1',
    ])
  })

  it('is told at the next opening when it comes at night or at the weekend', () => {
    expect(told([red({ startedAt: at('2022-07-08 18:00') })], 'officer@x.test')[0]?.slice(0, 25)).toBe(
      '2022-07-11 08:30 assigned',
    )
  })

  it('is a line of its own for each', () => {
    const lines = told([red(), red({ item: 'YJ2' })], 'officer@x.test')
    expect(lines.filter((line) => line.startsWith('2022-07-12'))).toHaveLength(2)
  })
})

const LAUNCH = { kind: 'launch', level: null }

describe('dated work, reviews and redone work', () => {
  it('dated work is told of at its opening when its first reminders lie before', () => {
    const launch = yellow({ ...LAUNCH, startedAt: at('2022-05-27 00:00'), dueOn: '2022-05-31' })
    const lines = told([launch], 'officer@x.test').map((l) => l.split(' 毛坝镇')[0])
    expect(lines.slice(0, 3)).toEqual([
      '2022-05-27 08:30 assigned',
      '2022-05-30 08:30 reminder',
      '2022-05-31 08:30 reminder',
    ])
  })

  it('a fixed day on a Sunday is reminded of on the working day before', () => {
    const sunday = yellow({ ...LAUNCH, startedAt: at('2022-07-01 00:00'), dueOn: '2022-07-17' })
    const lines = told([sunday], 'officer@x.test').map((l) => l.split(' 毛坝镇')[0])
    expect(lines.slice(0, 6)).toEqual([
      '2022-07-01 08:30 assigned',
      '2022-07-01 08:30 reminder',
      '2022-07-08 08:30 reminder',
      '2022-07-14 08:30 reminder',
      '2022-07-15 08:30 reminder',
      '2022-07-18 08:30 overdue',
    ])
  })

  it('centres have no town head on their ladder', () => {
    const late = yellow({ ...LAUNCH, office: 'checks', dueOn: '2022-07-18' })
    expect(told([late], 'head@x.test')).toEqual([])
    expect(told([late], 'relief1@x.test')[0]).toBe('2022-07-21 08:30 escalation 核对中心 启动部署 1')
  })

  it('a review is told of as it is handed in, and on its due day; then the leader presses, again and again', () => {
    const of = { office: 'relief', stage: 'review', dueOn: '2022-07-11' } as const
    const review = yellow({ ...of, endedAt: at('2022-07-20 17:00') })
    expect(told([review], 'relief1@x.test')).toEqual([
      '2022-07-05 08:30 submitted 救助中心 黄色预警核查(复核) 1',
      '2022-07-11 08:30 reminder 救助中心 黄色预警核查(复核) 1',
      '2022-07-13 08:30 overdue 救助中心 黄色预警核查(复核) 1',
      '2022-07-20 08:30 overdue 救助中心 黄色预警核查(复核) 1',
    ])
    expect(told([review], 'leader@x.test')).toEqual([
      '2022-07-13 08:30 escalation 救助中心 黄色预警核查(复核) 1',
      '2022-07-20 08:30 escalation 救助中心 黄色预警核查(复核) 1',
    ])
    expect(told([review], 'officer@x.test')).toEqual([])
  })

  it('work of two kinds that falls due on one day is two lines, each in its own words', () => {
    const dated = { level: null, startedAt: at('2022-07-01 00:00'), dueOn: '2022-07-15' }
    const work = [yellow({ ...dated, kind: 'comparison' }), yellow({ ...dated, kind: 'screening' })]
    expect(told(work, 'officer@x.test').filter((l) => l.startsWith('2022-07-15'))).toEqual([
      '2022-07-15 08:30 reminder 毛坝镇 数据比对 1',
      '2022-07-15 08:30 reminder 毛坝镇 全面排查 1',
    ])
  })

  it('a redo is told of as it comes back, and on its due day only', () => {
    const redo = yellow({ stage: 'redo', dueOn: '2022-07-11', endedAt: at('2022-07-11 17:00') })
    expect(told([redo], 'officer@x.test')).toEqual([
      '2022-07-05 08:30 returned 毛坝镇 黄色预警核查(重办) 1',
      '2022-07-11 08:30 reminder 毛坝镇 黄色预警核查(重办) 1',
    ])
  })
})

describe('what was passed', () => {
  const passed = (time: string, turn: Partial<StoryTurn> = {}, office = 'maoba') => ({
    ...{ turn: yellow(turn), office, at: at(time) },
  })
  const heard = (...accepted: StoryAcceptance[]) => told([], 'officer@x.test', PEOPLE, accepted)

  it('is told to whoever did the work, the next morning', () => {
    expect(heard(passed('2022-07-14 10:00'))).toEqual(['2022-07-15 08:30 accepted 毛坝镇 黄色预警核查 1'])
    expect(heard(passed('2022-07-15 18:00'))).toEqual(['2022-07-18 08:30 accepted 毛坝镇 黄色预警核查 1'])
    expect(told([], 'head@x.test', PEOPLE, [passed('2022-07-14 10:00')])).toEqual([])
  })

  it('is told to the town that has it now, by the name of the one that handed it in before they were merged', () => {
    const other = { code: 'chengguan', parent: 'bureau', kind: 'town', name: '城关镇' } as const
    const people = peopleOf([...OFFICES, other], HOLDINGS)
    const heardOf = (one: StoryAcceptance) => told([], 'officer@x.test', people, [one])
    expect(heardOf(passed('2022-07-14 10:00', { office: 'chengguan' }))).toEqual([
      '2022-07-15 08:30 accepted 城关镇 黄色预警核查 1',
    ])
    expect(heardOf(passed('2022-07-14 10:00', {}, 'chengguan'))).toEqual([])
  })

  it('is counted by what it is called', () => {
    const redone = passed('2022-07-14 11:00', { stage: 'redo' })
    expect(heard(passed('2022-07-14 10:00'), passed('2022-07-14 11:00', { item: 'YJ2' }), redone)).toEqual([
      '2022-07-15 08:30 accepted 毛坝镇 黄色预警核查 2',
      '2022-07-15 08:30 accepted 毛坝镇 黄色预警核查(重办) 1',
    ])
  })
})

it('a vacant rung passes on to the next', () => {
  const headless = peopleOf(
    OFFICES,
    HOLDINGS.filter((h) => h.role !== 'town-head'),
  )
  expect(told([yellow()], 'relief1@x.test', headless)[0]).toBe(
    '2022-07-20 08:30 passed-on 毛坝镇 黄色预警核查 1',
  )
})

it('a rung of only those who are late passes on to the next, and tells them as late', () => {
  const holdings = HOLDINGS.filter((h) => h.role !== 'town-head')
  const people = peopleOf(OFFICES, [
    ...holdings,
    { office: 'maoba', role: 'town-head', email: 'officer@x.test' },
  ])
  const on = (to: string) => told([yellow()], to, people).filter((l) => l.startsWith('2022-07-20'))
  expect(on('relief1@x.test')).toEqual(['2022-07-20 08:30 passed-on 毛坝镇 黄色预警核查 1'])
  expect(on('officer@x.test')).toEqual(['2022-07-20 08:30 overdue 毛坝镇 黄色预警核查 1'])
})
