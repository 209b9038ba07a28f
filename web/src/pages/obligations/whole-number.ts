import type { ListQuery } from './asked.ts'

/** Fewer digits alone are a year, or a count in a title. */
const LEAST_DIGITS = 6
const WHOLE = new RegExp(`^(?:[a-z]+[\\w-]*\\d[\\w-]*|\\d{${LEAST_DIGITS},})$`, 'i')

/** Whether somebody typed what looks like the number of one obligation: letters before digits, or many digits, and nothing else. */
export function looksLikeNumber(text: string): boolean {
  return WHOLE.test(text.trim())
}

/** What a number is looked for in: everything, done work too. Whoever knows it wants that one, whatever view they were in. */
export function everywhere(number: string): { standing: 'all'; q: string } {
  return { standing: 'all', q: number.trim() }
}

/** Whether the list answers a number so. */
export function isEverywhere({ q, standing, ...others }: ListQuery): boolean {
  const filters = Object.keys(others).filter((name) => name !== 'sort')
  return q !== undefined && standing === 'all' && filters.length === 0 && looksLikeNumber(q)
}
