import { describe, expect, it, test } from 'vitest'
import { instantAt } from '../../src/domain/time/days.ts'
import type { StoryTurn } from '../../src/rehearsal/expected-history.ts'
import { peopleOf } from '../../src/rehearsal/people.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import { againFaults } from '../../src/rehearsal/told-again.ts'
import { HOLDINGS, OFFICES, PEOPLE } from './who.ts'

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const calendar = simpleCalendar()
/** The leader is asked on the fifth working day after the due day, 15 July, and every five from then on. */
const TURN: StoryTurn = {
  ...{ item: 'YJ1', office: 'maoba', owner: 'maoba', kind: 'warning', level: 'orange', stage: 'perform' },
  ...{ called: 'YJ1', policy: 1, startedAt: at('2022-07-01 10:00'), dueOn: '2022-07-08', endedAt: null },
}
const span = { start: at('2022-07-01 00:00'), until: at('2022-08-31 00:00') }
const mail = (on: string, parts: string, to = 'leader@x.test') => ({
  ...{ messageId: on, to, acceptedAt: at(`${on} 08:30`) },
  text: `你好\r\n\r\n—— 请您督促 ${parts} ——\r\n\r\n`,
})
const HEAD = 'head@x.test'
const faults = (mails: ReturnType<typeof mail>[], turns = [TURN], people = PEOPLE, within = span) =>
  againFaults(mails, turns, within, { people, calendar, until: span.until })

test('what is asked first is new, and told again from the next letter on', () => {
  const said = [mail('2022-07-15', '1 件'), mail('2022-07-18', '1 件:均为再次督促')]
  expect(faults(said)).toEqual([])
  expect(faults([mail('2022-07-15', '1 件:均为再次督促'), mail('2022-07-18', '1 件')])).toEqual([
    expect.stringContaining('leader@x.test 2022-07-15 08:30 信中“—— 请您督促 1 件:均为再次督促 ——”'),
    expect.stringMatching(/2022-07-18 08:30 .*再次督促的应为 1 件$/),
  ])
})

test('beside new ones it is a part of the number', () => {
  const other = { ...TURN, item: 'YJ2', called: 'YJ2', dueOn: '2022-07-11' }
  const turns = [TURN, other]
  expect(faults([mail('2022-07-18', '2 件(红色 1 件):新增 1 件、再次 1 件')], turns)).toEqual([])
  for (const lie of ['2 件', '2 件:新增 0 件、再次 2 件'])
    expect(faults([mail('2022-07-18', lie)], turns)).toHaveLength(1)
})

test('is asked no more once it ended, and still where days moved it behind another deadline', () => {
  const ended = { ...TURN, endedAt: at('2022-07-16 10:00') }
  expect(faults([mail('2022-07-18', '1 件')], [ended])).toEqual([])
  const moved: StoryTurn = {
    ...{ ...TURN, startedAt: at('2022-07-16 10:00'), dueOn: '2022-07-11', quiet: true, before: ended },
  }
  const turns = [ended, moved]
  expect(faults([mail('2022-07-18', '1 件:均为再次督促')], turns)).toEqual([])
  expect(faults([mail('2022-07-18', '1 件')], turns)).toHaveLength(1)
})

test('who shares a post, or heads a town besides, is not judged; a year without any is a finding', () => {
  expect(faults([mail('2022-07-18', '1 件:均为再次督促', 'relief1@x.test')])).toEqual([])
  const lie = [mail('2022-07-18', '1 件')]
  const both = (email: string, role: 'bureau-leader' | 'town-head') =>
    peopleOf(OFFICES, [...HOLDINGS, { office: role === 'town-head' ? 'maoba' : 'bureau', role, email }])
  expect(faults(lie, [TURN], both('other@x.test', 'bureau-leader'))).toEqual([])
  expect(faults(lie, [TURN], both('leader@x.test', 'town-head'))).toEqual([])
  const year = { ...span, until: at('2023-07-01 00:00') }
  expect(faults([], [TURN], PEOPLE, year)).toEqual([
    expect.stringContaining('整年没有一件'),
    expect.stringContaining('整年没有一封镇分管领导的信'),
  ])
  const told = [
    ...[mail('2022-07-15', '1 件', HEAD), mail('2022-07-18', '1 件:均为再次督促', HEAD)],
    mail('2022-07-18', '1 件:均为再次督促'),
  ]
  expect(faults(told, [TURN], PEOPLE, year)).toEqual([])
})

describe('a head', () => {
  const said = (on: string, parts: string) => mail(on, parts, HEAD)

  it('is told again of all that was late in the town when the letter before was written', () => {
    const later = { ...TURN, item: 'YJ2', called: 'YJ2', dueOn: '2022-07-12' }
    const turns = [TURN, later]
    const first = said('2022-07-11', '1 件')
    const second = (parts: string) => [first, said('2022-07-13', parts)]
    expect(faults(second('2 件(红色 1 件):新增 1 件、再次 1 件'), turns)).toEqual([])
    for (const lie of ['2 件', '2 件:均为再次督促', '2 件:新增 2 件、再次 0 件'])
      expect(faults(second(lie), turns)).toEqual([expect.stringMatching(/^head@x\.test .*应为 1 件$/)])
    // A letter that asked nothing told of it as well.
    const silent = { ...first, text: '◆ 毛坝镇:逾期 1 件' }
    expect(faults([silent, said('2022-07-13', '2 件:新增 1 件、再次 1 件')], turns)).toEqual([])
    expect(faults([said('2022-07-13', '2 件')], turns)).toEqual([])
  })

  it('is told again of late answers, not of what has ended or lies in another office', () => {
    const offer = { ...TURN, stage: 'hand-over' as const }
    const ended = { ...TURN, item: 'YJ2', called: 'YJ2', endedAt: at('2022-07-12 10:00') }
    const moved = { ...TURN, item: 'YJ3', called: 'YJ3', office: 'relief' }
    const letters = (parts: string) => [said('2022-07-11', '3 件'), said('2022-07-13', parts)]
    expect(faults(letters('2 件:均为再次督促'), [TURN, offer, ended, moved])).toEqual([])
    expect(faults(letters('2 件:新增 1 件、再次 1 件'), [TURN, offer, ended, moved])).toHaveLength(1)
  })

  it('who heads the town with another, or does its work as well, is not judged', () => {
    const lie = [said('2022-07-11', '1 件'), said('2022-07-13', '1 件')]
    expect(faults(lie)).toHaveLength(1)
    const beside = (role: 'town-head' | 'town-officer', email: string) =>
      peopleOf(OFFICES, [...HOLDINGS, { office: 'maoba', role, email }])
    expect(faults(lie, [TURN], beside('town-head', 'other@x.test'))).toEqual([])
    expect(faults(lie, [TURN], beside('town-officer', HEAD))).toEqual([])
  })
})
