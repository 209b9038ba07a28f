import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chineseCalendarData } from '../../../src/domain/time/calendar-data.ts'
import { makeCalendar } from '../../../src/domain/time/calendar.ts'
import { dayFromNumber, dayNumber, instantAt } from '../../../src/domain/time/days.ts'
import { dueFromWorkingDays, dueOnFixedDay } from '../../../src/domain/time/limits.ts'
import { fixedReceipt, receipt } from '../../../src/domain/time/receipt.ts'
import { limitDays, NO_CATEGORY, ruleFor } from '../../../src/domain/escalation/policy.ts'
import type { Level } from '../../../src/domain/obligation/vocabulary.ts'
import { CALENDAR, POLICY } from '../county.ts'

const data = (name: string) => readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8')
const starts = fc
  .integer({ min: dayNumber('2004-01-01'), max: dayNumber('2025-06-30') })
  .map((n) => dayFromNumber(n))

describe('a limit in working days (R1)', () => {
  it('counts from the day after the start and ends at 24:00 Beijing time of the last day', () => {
    const limit = dueFromWorkingDays('2022-06-02', 5, CALENDAR)
    expect(limit).toEqual({
      dueOn: '2022-06-10',
      dueAt: Date.parse('2022-06-10T16:00:00Z'),
      provisional: false,
    })
    expect(limit.dueAt).toBe(instantAt('2022-06-11', '00:00'))
  })

  it('agrees with the published sample of a hundred limits to the day', () => {
    const rows = data('limits.csv').trim().split(/\r?\n/).slice(1)
    expect(rows).toHaveLength(100)
    const counted = rows.map((row) => {
      const [start = '', n] = row.split(',')
      return `${start},${n},${dueFromWorkingDays(start, Number(n), CALENDAR).dueOn}`
    })
    expect(counted).toEqual(rows)
  })

  it.each([0, -1, 1.5, 367, Number.NaN])('refuses %s working days', (n) => {
    expect(() => dueFromWorkingDays('2022-06-02', n, CALENDAR)).toThrow(RangeError)
  })

  it('is provisional when it rests on unpublished days', () => {
    expect(dueFromWorkingDays('2026-12-25', 3, CALENDAR).provisional).toBe(false)
    expect(dueFromWorkingDays('2026-12-25', 10, CALENDAR).provisional).toBe(true)
    expect(dueFromWorkingDays('2003-12-30', 5, CALENDAR)).toMatchObject({
      dueOn: '2004-01-07',
      provisional: true,
    })
  })

  it('ends on a working day, and one working day more ends later', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 365 }), (start, n) => {
        const { dueOn } = dueFromWorkingDays(start, n, CALENDAR)
        expect(CALENDAR.isWorking(dueOn)).toBe(true)
        expect(dueFromWorkingDays(start, n + 1, CALENDAR).dueOn > dueOn).toBe(true)
      }),
    )
  })

  it('a long limit asks the calendar no more than a short one', () => {
    const questionsOf = (n: number) => {
      let questions = 0
      const counted = new Proxy(CALENDAR, {
        get(calendar, name, receiver) {
          questions++
          return Reflect.get(calendar, name, receiver) as unknown
        },
      })
      dueFromWorkingDays('2022-06-02', n, counted)
      return questions
    }
    expect(questionsOf(1)).toBeGreaterThan(0)
    expect(questionsOf(366)).toBe(questionsOf(1))
  })
})

describe('a fixed day of the notice', () => {
  it.each([
    ['R12 every town launches by the end of May', '2022-05-27', '2022-05-31', '2022-05-31T16:00:00Z'],
    ['R13 comparison and screenings by 15 June', '2022-06-01', '2022-06-15', '2022-06-15T16:00:00Z'],
    ['R14 warnings verified by the end of September', '2022-06-16', '2022-09-30', '2022-09-30T16:00:00Z'],
    ['R15 zero-out by 15 December', '2022-10-01', '2022-12-15', '2022-12-15T16:00:00Z'],
    ['R12 in 2026, a Sunday: still that day', '2026-05-04', '2026-05-31', '2026-05-31T16:00:00Z'],
  ])('%s', (_clause, start, dueOn, dueAt) => {
    const limit = { dueOn, dueAt: Date.parse(dueAt), provisional: false }
    expect(dueOnFixedDay(dueOn)).toEqual(limit)
    expect(fixedReceipt(start, dueOn)).toMatchObject({
      ...limit,
      start,
      counted: [],
      skipped: [],
      madeUp: [],
    })
  })

  it('stands, whatever the calendar of its year will be', () => {
    expect(dueOnFixedDay('2031-06-15').provisional).toBe(false)
  })
})

describe('warnings of the sample export', () => {
  const expected = JSON.parse(data('warnings-2022.expected.json')) as { dueOn: Record<string, string> }
  const rows = new TextDecoder('gb18030')
    .decode(readFileSync(new URL('../../data/warnings-2022.csv', import.meta.url)))
    .split(/\r?\n/)
    .map((line) => line.split(','))
  const levels: Record<string, Level> = { 红色: 'red', 橙色: 'orange', 黄色: 'yellow' }
  const plain = rows.flatMap(([id = '', issued = '', level = '']) => {
    const known = levels[level]
    return expected.dueOn[id] && known && /^\d{4}-\d{2}-\d{2} /.test(issued)
      ? [{ id, start: issued.slice(0, 10), level: known, dueOn: expected.dueOn[id] }]
      : []
  })

  it('are due under the example policy on the expected days', () => {
    expect(plain.length).toBeGreaterThan(5)
    for (const { id, start, level, dueOn } of plain) {
      const rule = ruleFor(POLICY, { ...NO_CATEGORY, kind: 'warning', level, stage: 'perform' })
      const limit = dueFromWorkingDays(start, limitDays(rule, null), CALENDAR)
      expect([id, limit.dueOn]).toEqual([id, dueOn])
    }
  })
})

describe('the receipt 时限说明', () => {
  it('of 2 June 2022 and five working days does not count the Dragon Boat Festival, 3–5 June', () => {
    expect(receipt('2022-06-02', { workingDays: 5 }, CALENDAR)).toEqual({
      start: '2022-06-02',
      workingDays: 5,
      dueOn: '2022-06-10',
      dueAt: Date.parse('2022-06-10T16:00:00Z'),
      counted: ['2022-06-06', '2022-06-07', '2022-06-08', '2022-06-09', '2022-06-10'],
      skipped: ['2022-06-03', '2022-06-04', '2022-06-05'].map((day) => ({
        day,
        reason: 'holiday',
        name: '端午',
      })),
      madeUp: [],
      provisional: false,
    })
  })

  it('names the weekend days worked after the National Day week', () => {
    const { dueOn, madeUp, skipped } = receipt('2022-09-30', { workingDays: 3 }, CALENDAR)
    expect(dueOn).toBe('2022-10-10')
    expect(madeUp).toEqual([
      { day: '2022-10-08', name: '国庆节' },
      { day: '2022-10-09', name: '国庆节' },
    ])
    expect(skipped).toHaveLength(7)
  })

  it('of a fixed day tells how many working days it leaves', () => {
    const { dueOn, workingDays, counted, skipped } = receipt('2026-05-27', { dueOn: '2026-05-31' }, CALENDAR)
    expect({ dueOn, workingDays, counted }).toEqual({
      dueOn: '2026-05-31',
      workingDays: 2,
      counted: ['2026-05-28', '2026-05-29'],
    })
    expect(skipped.map((s) => s.reason)).toEqual(['weekend', 'weekend'])
  })

  it('says which notice changed a day that does not count', () => {
    const closed = { day: '2022-06-07', working: false, name: '防汛停工', source: '测试' }
    const { dueOn, skipped } = receipt(
      '2022-06-02',
      { workingDays: 5 },
      makeCalendar(chineseCalendarData, [closed]),
    )
    expect(dueOn).toBe('2022-06-13')
    expect(skipped).toContainEqual({ day: '2022-06-07', reason: 'override', name: '防汛停工' })
  })

  it.each([
    ['2022-02-30', { workingDays: 5 }],
    ['2022-06-02', { dueOn: '2022-06-31' }],
    ['2022-06-02', { dueOn: '2032-06-02' }],
    ['2022-06-02', { workingDays: 400 }],
  ])('refuses %s with %o', (start, of) => {
    expect(() => receipt(start, of, CALENDAR)).toThrow(RangeError)
  })

  it('counts every day between start and due day once', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 120 }), (start, workingDays) => {
        const { counted, skipped, dueOn } = receipt(start, { workingDays }, CALENDAR)
        expect(counted).toHaveLength(workingDays)
        expect(counted[counted.length - 1]).toBe(dueOn)
        expect(counted.length + skipped.length).toBe(dayNumber(dueOn) - dayNumber(start))
      }),
    )
  })
})
