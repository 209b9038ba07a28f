import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beijingText, dayOf, instantAt } from '../../../src/domain/time/days.ts'
import { isOpen, nextOpening, nextRound, openingOf } from '../../../src/domain/time/office-hours.ts'
import { CALENDAR, HOURS } from '../county.ts'

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))

describe('office hours of working days', () => {
  it.each([
    ['2022-06-10 08:29', '2022-06-10 08:30', '2022-06-10 08:30'],
    ['2022-06-10 08:30', '2022-06-10 08:30', '2022-06-10 08:30'],
    ['2022-06-10 10:00', '2022-06-10 10:00', '2022-06-10 14:30'],
    ['2022-06-10 12:00', '2022-06-10 14:30', '2022-06-10 14:30'],
    ['2022-06-10 17:59', '2022-06-10 17:59', '2022-06-13 08:30'],
    ['2022-06-10 18:00', '2022-06-13 08:30', '2022-06-13 08:30'],
    ['2022-06-02 20:00', '2022-06-06 08:30', '2022-06-06 08:30'],
    ['2022-10-08 09:00', '2022-10-08 09:00', '2022-10-08 14:30'],
  ])('at %s urgent mail leaves %s, and the next round %s', (now, opening, round) => {
    expect(beijingText(nextOpening(at(now), HOURS, CALENDAR))).toBe(opening)
    expect(beijingText(nextRound(at(now), HOURS, CALENDAR))).toBe(round)
    expect(isOpen(at(now), HOURS, CALENDAR)).toBe(now === opening)
  })

  it('a day opens with its first period', () => {
    expect(beijingText(openingOf('2022-06-10', HOURS))).toBe('2022-06-10 08:30')
  })

  it('whatever the instant, mail leaves later on a working day and in office hours', () => {
    const instants = fc.integer({ min: at('2020-01-01 00:00'), max: at('2028-01-01 00:00') })
    fc.assert(
      fc.property(instants, (now) => {
        const opening = nextOpening(now, HOURS, CALENDAR)
        const round = nextRound(now, HOURS, CALENDAR)
        expect(opening).toBeGreaterThanOrEqual(now)
        expect(round).toBeGreaterThanOrEqual(opening)
        expect(isOpen(opening, HOURS, CALENDAR) && isOpen(round, HOURS, CALENDAR)).toBe(true)
        expect(CALENDAR.isWorking(dayOf(round))).toBe(true)
      }),
    )
  })
})
