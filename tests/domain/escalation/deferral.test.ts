import { expect, test } from 'vitest'
import { DEFERRAL_LIMITS, deferralLimit } from '../../../src/domain/escalation/deferral.ts'
import { afterOfficeTime, lastRound } from '../../../src/domain/time/office-hours.ts'
import { beijingText, type Day, instantAt } from '../../../src/domain/time/days.ts'
import { CALENDAR, HOURS } from '../county.ts'

function limit(urgent: boolean, [day, time]: [Day, string], limits = DEFERRAL_LIMITS): string {
  const at = instantAt(day, time)
  return beijingText(deferralLimit({ urgent, createdAt: at, composedAt: at }, HOURS, CALENDAR, limits))
}

test.each<[[Day, string], string]>([
  [['2022-06-08', '09:00'], '2022-06-08 10:00'],
  [['2022-06-08', '11:30'], '2022-06-08 15:00'],
  [['2022-06-10', '17:30'], '2022-06-13 09:00'],
  [['2022-06-11', '10:00'], '2022-06-13 09:30'],
])('what is urgent and owed at %j passes on after one office hour, at %s', (at, expected) => {
  expect(limit(true, at)).toBe(expected)
})

test.each<[[Day, string], string]>([
  [['2022-06-08', '08:30'], '2022-06-08 14:30'],
  [['2022-06-10', '14:30'], '2022-06-13 08:30'],
])('the rest of a mail composed at %j passes on with the next round, at %s', (at, expected) => {
  expect(limit(false, at)).toBe(expected)
})

test('a policy may give an urgent mail half an hour, and the rest two rounds', () => {
  const limits = { urgentOfficeMinutes: 30, rounds: 2 }
  expect(limit(true, ['2022-06-08', '11:45'], limits)).toBe('2022-06-08 14:45')
  expect(limit(false, ['2022-06-10', '14:30'], limits)).toBe('2022-06-13 14:30')
})

test('office time goes on over nights, weekends and several days', () => {
  const at = instantAt('2022-06-10', '17:00')
  expect(beijingText(afterOfficeTime(at, 9 * 3_600_000, HOURS, CALENDAR))).toBe('2022-06-14 09:30')
})

test('the last round is the one that left before a weekend', () => {
  expect(beijingText(lastRound(instantAt('2022-06-12', '20:00'), HOURS, CALENDAR))).toBe('2022-06-10 14:30')
  expect(beijingText(lastRound(instantAt('2022-06-13', '08:30'), HOURS, CALENDAR))).toBe('2022-06-13 08:30')
})
