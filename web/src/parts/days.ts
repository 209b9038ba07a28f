import { shallowRef } from 'vue'

/** Months and days as words. A formatter of the browser takes longer to make than the rest of a page to draw. */
type Words = {
  date(month: number, day: number): string
  dated(year: number, month: number, day: number): string
  week: readonly string[]
  narrow: readonly string[]
  between: string
}
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]
const englishDate = (month: number, day: number) => `${MONTHS[month - 1]} ${day}`
const CHINESE: Words = {
  date: (month, day) => `${month}月${day}日`,
  dated: (year, month, day) => `${year}年${month}月${day}日`,
  week: [...'日一二三四五六'].map((day) => `周${day}`),
  narrow: [...'日一二三四五六'],
  between: ' ',
}
const ENGLISH: Words = {
  date: englishDate,
  dated: (year, month, day) => `${englishDate(month, day)}, ${year}`,
  week: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  narrow: [...'SMTWTFS'],
  between: ' at ',
}
const wordsIn = (locale: string) => (locale === 'en' ? ENGLISH : CHINESE)

const partsOf = (day: string) => day.split('-').map(Number) as [year: number, month: number, day: number]
const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()

/** The year whose days are told without it; null until the clock of the county is known. */
const plainYear = shallowRef<number | null>(null)

/** @param today the day by the county's clock, as a plain date */
export function noteToday(today: string): void {
  plainYear.value = partsOf(today)[0]
}

/** `6月10日 周五` of a plain date `2022-06-10`; with its year where that is not this year, since a bare day is read as one of this year. */
export function dayWords(day: string, locale: string): string {
  const [year, month, date] = partsOf(day)
  const words = wordsIn(locale)
  const isPlain = plainYear.value === null || plainYear.value === year
  const said = isPlain ? words.date(month, date) : words.dated(year, month, date)
  return `${said} ${words.week[weekdayOf(day)]}`
}

/** `2021年3月1日` of a day that may lie in another year. */
export function datedWords(day: string, locale: string): string {
  return wordsIn(locale).dated(...partsOf(day))
}

/** 一, 二, …, as the head of a column. */
export function weekday(day: string, locale: string): string {
  return wordsIn(locale).narrow[weekdayOf(day)] ?? ''
}

/** `6月10日 09:12`, Beijing time, of an instant. */
export function instantWords(at: string, locale: string): string {
  const words = wordsIn(locale)
  const [, month, day] = partsOf(beijingDay(at))
  return `${words.date(month, day)}${words.between}${beijingInstant(at).slice(11, 16)}`
}

const BEIJING_MS = 8 * 3_600_000

/** The day of an instant in Beijing, as a plain date. */
export function beijingDay(at: string): string {
  return new Date(Date.parse(at) + BEIJING_MS).toISOString().slice(0, 10)
}

/** `2026-06-10 09:12:03`, Beijing time, of an instant. */
export function beijingInstant(at: string): string {
  return new Date(Date.parse(at) + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ')
}
