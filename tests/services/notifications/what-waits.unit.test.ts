import { expect, test } from 'vitest'
import { beijingText, instantAt } from '../../../src/domain/time/days.ts'
import { nextTelling, type WhatWaits } from '../../../src/services/notifications/what-waits.ts'
import { CALENDAR, HOURS } from '../../domain/county.ts'

const NOTHING: WhatWaits = {
  ...{ departures: true, orders: true, resends: false, acceptances: true, decisions: false },
  ...{ dueChanges: false, mails: true, promisedOn: null, roundAt: instantAt('2022-06-06', '10:00') },
}
/** A Monday. */
const at = (time: string, waits: Partial<WhatWaits>) => {
  const next = nextTelling(
    { ...NOTHING, ...waits },
    { now: instantAt('2022-06-06', time), hours: HOURS, calendar: CALENDAR },
  )
  return next === null ? null : beijingText(next)
}

test('what is told at once, or by others, wakes nobody', () => {
  expect(at('09:00', {})).toBeNull()
})

test.each(['decisions', 'dueChanges'] as const)(
  '%s wait for the next morning’s round, never for the one at hand',
  (what) => {
    expect(at('08:29', { [what]: true })).toBe('2022-06-06 08:30')
    expect(at('08:30', { [what]: true })).toBe('2022-06-07 08:30')
  },
)

test('a promise is looked at on the morning after its day, or on the next one when that is past', () => {
  expect(at('09:00', { promisedOn: '2022-06-08' })).toBe('2022-06-09 08:30')
  // The tenth is a Friday.
  expect(at('09:00', { promisedOn: '2022-06-10' })).toBe('2022-06-13 08:30')
  expect(at('09:00', { promisedOn: '2022-06-01' })).toBe('2022-06-07 08:30')
})

test('a mail that is to be sent anew leaves when the office opens; of several the first counts', () => {
  expect(at('20:00', { resends: true })).toBe('2022-06-07 08:30')
  expect(at('07:00', { resends: true, promisedOn: '2022-06-08' })).toBe('2022-06-06 08:30')
})
