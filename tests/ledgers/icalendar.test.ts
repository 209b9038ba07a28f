import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DueEvent, writeCalendar } from '../../src/ledgers/icalendar.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { readCalendar } from '../support/icalendar-reader.ts'

const EVENT: DueEvent = {
  uid: 'ob_1@duban',
  day: '2022-12-31',
  summary: '承办:毛坝镇 因病预警核查',
  description: '到这天 24:00 为止。',
  url: 'https://duban.example/app/obligations/ob_1',
  sequence: 3,
  at: instantAt('2022-06-06', '09:00'),
}
const calendarOf = (...events: DueEvent[]) => writeCalendar({ name: '督办', description: '', events })

test('an event is a whole day, the last of a year too, and takes no time of anybody', () => {
  const { properties, events } = readCalendar(calendarOf(EVENT))
  expect(properties.get('VERSION')).toBe('2.0')
  expect(Object.fromEntries(events[0]!)).toMatchObject({
    ...{ DTSTART: '20221231', DTEND: '20230101', DTSTAMP: '20220606T010000Z', SEQUENCE: '3' },
    ...{ SUMMARY: EVENT.summary, URL: EVENT.url, TRANSP: 'TRANSPARENT' },
  })
})

test('a calendar of nothing is one', () => {
  expect(readCalendar(calendarOf()).events).toEqual([])
})

test('whatever is written comes back, however long, and no line is longer than 75 octets', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 200 })
  fc.assert(
    fc.property(words, words, (summary, description) => {
      const { events } = readCalendar(calendarOf({ ...EVENT, summary, description }))
      // Line breaks are one kind there, and other control characters none.
      const told = (text: string) =>
        text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      expect(events[0]!.get('SUMMARY')).toBe(told(summary))
      expect(events[0]!.get('DESCRIPTION')).toBe(told(description))
    }),
  )
})

test('what somebody wrote begins no property and no event of its own', () => {
  const summary = '甲\r\nEND:VEVENT\nBEGIN:VEVENT;x,\\n'
  const { events } = readCalendar(calendarOf({ ...EVENT, summary }))
  expect(events).toHaveLength(1)
  expect(events[0]!.get('SUMMARY')).toBe('甲\nEND:VEVENT\nBEGIN:VEVENT;x,\\n')
})
