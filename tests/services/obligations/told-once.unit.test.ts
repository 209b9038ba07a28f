import { expect, it } from 'vitest'
import type { MomentForm } from '../../../src/domain/escalation/moment-form.ts'
import { toldOnce } from '../../../src/services/obligations/told-once.ts'
import type { Told, ToldMoment } from '../../../src/services/obligations/told-story.ts'

const by = (person: string, id: string | null): Told => ({
  ...{ person, name: person, audience: null, line: id === null ? 'queued' : 'mailed', roundAt: 1 },
  mail: id === null ? null : { id, reply: null, state: 'accepted', refusalAbout: null, bounced: false },
})
const moment = (form: MomentForm, ...told: Told[]): ToldMoment => ({ at: 1, moment: 'm', form, told })
const joined = (n: number, ...told: Told[]) => moment({ series: 'joined', n }, ...told)

it('two batches that came into one mail are one telling', () => {
  const first = joined(1, by('p1', 'ml_1'), by('p2', 'ml_2'))
  expect(toldOnce([first, joined(2, by('p1', 'ml_1'), by('p2', 'ml_2'))])).toEqual([first])
  const waiting = joined(1, by('p1', null))
  expect(toldOnce([waiting, joined(2, by('p1', null))])).toEqual([waiting])
})

it('another mail, another person and another kind of moment are tellings of their own', () => {
  const all = [
    joined(1, by('p1', 'ml_1')),
    joined(2, by('p1', 'ml_9')),
    joined(3, by('p1', 'ml_9'), by('p2', 'ml_9')),
    moment({ series: 'rung', n: 1 }, by('p1', 'ml_1')),
    joined(4),
  ]
  expect(toldOnce(all)).toEqual(all)
})

it('what joined before the first mail of new work went is told by that mail', () => {
  const first = moment({ series: 'assigned' }, by('p1', 'ml_1'), by('p2', 'ml_2'))
  expect(toldOnce([first, joined(1, by('p1', 'ml_1'))])).toEqual([first])
  const later = joined(1, by('p1', 'ml_1'), by('p3', 'ml_3'))
  expect(toldOnce([first, later])).toEqual([first, later])
  const again = moment({ series: 'assigned' }, by('p1', 'ml_1'))
  expect(toldOnce([first, again])).toEqual([first, again])
})
