import { expect, test } from 'vitest'
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
  expect(faults([], [TURN], PEOPLE, year)).toEqual([expect.stringContaining('整年没有一件')])
  expect(faults([mail('2022-07-18', '1 件:均为再次督促')], [TURN], PEOPLE, year)).toEqual([])
})
