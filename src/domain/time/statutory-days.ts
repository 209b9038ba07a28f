import { addDays, type Day } from './days.ts'
import { nextLunarDay } from './lunar.ts'

/** From this year on New Year's Eve and 2 May are free too (State Council Order No. 795 of November 2024). */
const AMENDED = 2025

/**
 * The days that the national rules of holidays (全国年节及纪念日放假办法) make free in a year, 2014–2099, with
 * their names. The State Council's notice of each year only adds to them: days moved for a weekend (补假) and
 * days worked in exchange (调休) stand in it alone.
 */
export function statutoryDays(year: number): Record<Day, string> {
  const amended = year >= AMENDED
  const newYear = nextLunarDay(`${year}-01-20`, 1, 1)
  return {
    [`${year}-01-01`]: '元旦',
    ...run(amended ? addDays(newYear, -1) : newYear, amended ? 4 : 3, '春节'),
    [`${year}-04-0${qingmingDay(year)}`]: '清明',
    ...run(`${year}-05-01`, amended ? 2 : 1, '劳动节'),
    [nextLunarDay(`${year}-05-25`, 5, 5)]: '端午',
    ...run(`${year}-10-01`, 3, '国庆节'),
    ...midAutumn(nextLunarDay(`${year}-09-05`, 8, 15)),
  }
}

/** The day of April on which 清明 falls, for 2000–2099: the sun's longitude as a formula of the year. */
function qingmingDay(year: number): number {
  const ofCentury = year % 100
  return Math.floor(ofCentury * 0.2422 + 4.81) - Math.floor(ofCentury / 4)
}

/** In some years it falls on the National Day, which keeps its name. */
function midAutumn(day: Day): Record<Day, string> {
  return day.slice(5) >= '10-01' && day.slice(5) <= '10-03' ? {} : { [day]: '中秋' }
}

function run(first: Day, days: number, name: string): Record<Day, string> {
  return Object.fromEntries(Array.from({ length: days }, (_, i) => [addDays(first, i), name]))
}
