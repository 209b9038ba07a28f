import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Day, endOfDay, instantAt } from '../../../src/domain/time/days.ts'
import { clockStatus, dueStatusOf } from '../../../src/domain/obligation/clock-status.ts'
import type { State } from '../../../src/domain/obligation/vocabulary.ts'
import { CALENDAR } from '../county.ts'

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const due = (dueOn: Day) => ({ dueOn, dueAt: endOfDay(dueOn) })
const face = (dueOn: Day, now: string, state: State = 'open', everLate = false) => {
  const { shape, words } = clockStatus({ ...due(dueOn), state, everLate }, CALENDAR, at(now))
  return `${shape} ${words}`
}

describe('working days left and overdue', () => {
  it.each([
    ['2022-06-10', '2022-06-02 10:00', 5, false, 0],
    ['2022-06-10', '2022-06-08 08:30', 2, false, 0],
    ['2022-06-10', '2022-06-10 23:59', 0, false, 0],
    ['2022-06-10', '2022-06-11 00:00', 0, true, 0],
    ['2022-06-10', '2022-06-13 00:00', 0, true, 1],
    ['2022-06-10', '2022-06-15 09:00', 0, true, 3],
    ['2022-09-30', '2022-10-07 09:00', 0, true, 0],
    ['2022-09-30', '2022-10-08 09:00', 0, true, 1],
  ])(
    'due %s, at %s: %i left, overdue %s by %i',
    (dueOn, now, remainingWorkingDays, overdue, overdueWorkingDays) => {
      expect(dueStatusOf(due(dueOn), CALENDAR, at(now))).toEqual({
        remainingWorkingDays,
        overdue,
        overdueWorkingDays,
      })
    },
  )

  it('no day is both left and overdue, and lateness begins at 24:00 Beijing time', () => {
    const offsets = fc.integer({ min: -60 * 24 * 60, max: 60 * 24 * 60 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), offsets, (n, minutes) => {
        const item = due(CALENDAR.add('2022-01-04', n))
        const now = item.dueAt + minutes * 60_000
        const standing = dueStatusOf(item, CALENDAR, now)
        expect(standing.overdue).toBe(minutes >= 0)
        expect(Math.min(standing.remainingWorkingDays, standing.overdueWorkingDays)).toBe(0)
      }),
    )
  })
})

describe('the clock status', () => {
  it.each([
    ['2022-06-10', '2022-06-02 10:00', '○ 未到期'],
    ['2022-06-10', '2022-06-07 10:00', '◔ 剩 3 个工作日'],
    ['2022-06-10', '2022-06-08 10:00', '◔ 剩 2 个工作日'],
    ['2022-06-10', '2022-06-10 10:00', '◔ 今日到期'],
    ['2022-06-10', '2022-06-11 10:00', '▲ 已逾期'],
    ['2022-06-10', '2022-06-15 10:00', '▲ 逾期 3 个工作日'],
    ['2026-05-31', '2026-05-28 10:00', '◔ 剩 1 个工作日'],
    ['2026-05-31', '2026-05-29 10:00', '◔ 须今日办完'],
    ['2026-05-31', '2026-05-30 10:00', '◔ 休息日到期'],
    ['2026-05-31', '2026-05-31 10:00', '◔ 今日到期'],
  ])('due %s, at %s: %s', (dueOn, now, expected) => {
    expect(face(dueOn, now)).toBe(expected)
  })

  it('stops when the work is done, and what was ever late stays marked', () => {
    expect(face('2022-06-10', '2022-07-01 10:00', 'accepted')).toBe('✓ 已办结')
    expect(face('2022-06-10', '2022-06-03 10:00', 'accepted', true)).toBe('✓ 迟办')
    expect(face('2022-06-10', '2022-07-01 10:00', 'suspended')).toBe('∥ 暂停')
    expect(face('2022-06-10', '2022-07-01 10:00', 'cancelled')).toBe('– 已撤销')
  })

  it('runs for the reviewer as for the performer', () => {
    expect(face('2022-06-10', '2022-06-08 10:00', 'submitted')).toBe('◔ 剩 2 个工作日')
  })

  it('of a late review differs from that of a late town', () => {
    expect(face('2022-06-10', '2022-06-15 10:00', 'submitted')).toBe('◔ 复核已过期限')
  })
})
