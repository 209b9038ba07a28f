import type { LocationQuery } from 'vue-router'
import { asked } from './asked.ts'

type Question = Readonly<Record<string, unknown>>

/** Whether an address asks what a named list asks, whichever row is open. @param own parts of the address that ask nothing */
export function asksSame(
  address: Question,
  query: Question,
  own: readonly string[] = ['open', 'sort'],
): boolean {
  const given = partsOf(address, own)
  const named = partsOf(query, own)
  return given.length === named.length && given.every(([name, value]) => query[name] === value)
}

/** Whose turn it is, what is held says by itself. */
function partsOf(question: Question, own: readonly string[]): [string, unknown][] {
  const repeats = question['standing'] === 'held' ? [...own, 'mine'] : own
  return Object.entries(question).filter(([name]) => !repeats.includes(name))
}

/** Whether an address asks what a kept view asks. Either may leave out what the page asks by itself. */
export function asksView(address: LocationQuery, query: Readonly<Record<string, string>>): boolean {
  return asksSame(asked(address), asked(query), [])
}
