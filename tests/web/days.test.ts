import { expect, it, vi } from 'vitest'

// Of its own: other tests tell the module which year it is.
vi.resetModules()
const { datedWords, dayWords, instantWords, noteToday, weekday } = await import('../../web/src/parts/days.ts')

const DAY_MS = 86_400_000
/** Another minute and hour each day. */
const MINUTES_61 = 61 * 60_000
const DAYS = Array.from({ length: 366 + 365 }, (_, n) => new Date(Date.UTC(2024, 0, 1) + n * DAY_MS))
const spelled = (locale: string, options: Intl.DateTimeFormatOptions, timeZone = 'UTC') =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone })

it.each(['zh-CN', 'en'])('days and instants read as the browser spells them: %s', (locale) => {
  const date = spelled(locale, { month: 'long', day: 'numeric' })
  const short = spelled(locale, { weekday: 'short' })
  const dated = spelled(locale, { year: 'numeric', month: 'long', day: 'numeric' })
  const narrow = spelled(locale, { weekday: 'narrow' })
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const instant = spelled(locale, { month: 'long', day: 'numeric', ...time }, 'Asia/Shanghai')
  for (const [n, at] of DAYS.entries()) {
    const day = at.toISOString().slice(0, 10)
    expect(dayWords(day, locale)).toBe(`${date.format(at)} ${short.format(at)}`)
    expect(datedWords(day, locale)).toBe(dated.format(at))
    expect(weekday(day, locale)).toBe(narrow.format(at))
    const moment = new Date(at.getTime() + n * MINUTES_61)
    expect(instantWords(moment.toISOString(), locale)).toBe(instant.format(moment))
  }
})

it('a day of another year than the county’s is told with its year', () => {
  noteToday('2026-11-30')
  expect(dayWords('2022-05-09', 'zh-CN')).toBe('2022年5月9日 周一')
  expect(dayWords('2027-01-12', 'en')).toBe('January 12, 2027 Tue')
  expect(dayWords('2026-06-10', 'zh-CN')).toBe('6月10日 周三')
})
