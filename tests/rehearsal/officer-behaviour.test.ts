import { describe, expect, it } from 'vitest'
import { beijingText, dayOf, instantAt } from '../../src/domain/time/days.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import { OfficerBehaviour } from '../../src/rehearsal/officer-behaviour.ts'
import { quarterFor } from '../../src/rehearsal/times.ts'

const calendar = simpleCalendar()
const startedAt = instantAt('2022-07-04', '09:00')
const items = Array.from({ length: 400 }, (_, i) => ({
  item: `YJ${i}`,
  kind: 'warning',
  startedAt,
  dueOn: '2022-07-18',
  round: 0,
}))

describe('simulated officers', () => {
  it('act the same for the same seed, and differently for another', () => {
    const life = (seed: number) => items.map((item) => new OfficerBehaviour(seed, calendar).performer(item))
    expect(life(7)).toEqual(life(7))
    expect(life(7)).not.toEqual(life(8))
  })

  it('are mostly on time, some late, a few not before December', () => {
    const behaviour = new OfficerBehaviour(7, calendar)
    const days = items.map((item) => dayOf(behaviour.performer(item).at(-1)!.at))
    expect(days.filter((day) => day <= '2022-07-18').length).toBeGreaterThan(250)
    expect(days.filter((day) => day > '2022-07-18' && day < '2022-08-15').length).toBeGreaterThan(40)
    expect(days.filter((day) => day >= '2022-12-01').length).toBeGreaterThan(1)
  })

  it('act in office hours of working days, never in the half hour before a round', () => {
    const behaviour = new OfficerBehaviour(7, calendar)
    const acts = items.flatMap((item) => [...behaviour.performer(item), behaviour.reviewer(item)])
    for (const { at } of acts) {
      expect(calendar.isWorking(dayOf(at))).toBe(true)
      expect(beijingText(at).slice(11)).toMatch(/^(10:45|16:45)$/)
      expect(at).toBeGreaterThan(startedAt)
    }
  })
})

describe('the platform', () => {
  const published = (time: string) => beijingText(quarterFor(instantAt('2022-07-04', time))).slice(11)

  it('publishes on the next quarter of an hour', () => {
    expect(published('09:31')).toBe('09:45')
    expect(published('09:45')).toBe('09:45')
    expect(published('23:50')).toBe('00:00')
  })

  it('never in the half hour before a round', () => {
    expect([published('07:46'), published('08:30'), published('14:00'), published('14:29')]).toEqual([
      '08:45',
      '08:45',
      '14:45',
      '14:45',
    ])
  })
})
