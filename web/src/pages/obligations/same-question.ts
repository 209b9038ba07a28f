import type { LocationQuery } from 'vue-router'
import { asked } from './asked.ts'

type Question = Readonly<Record<string, unknown>>

/** Whether an address asks what a named list asks, whichever row is open. @param own parts of the address that ask nothing */
export function asksSame(
  address: Question,
  query: Question,
  own: readonly string[] = ['open', 'sort'],
): boolean {
  const given = Object.entries(address).filter(([name]) => !own.includes(name))
  const names = Object.keys(query).filter((name) => !own.includes(name))
  return names.length === given.length && given.every(([name, value]) => query[name] === value)
}

/** Whether an address asks what a kept view asks. Either may leave out what the page asks by itself. */
export function asksView(address: LocationQuery, query: Readonly<Record<string, string>>): boolean {
  return asksSame(asked(address), asked(query), [])
}
