import type { LocationQuery } from 'vue-router'

/** Whether an address asks what a named list asks, whichever row is open. @param own parts of the address that ask nothing */
export function asksSame(
  address: LocationQuery,
  query: Readonly<Record<string, string>>,
  own: readonly string[] = ['open', 'sort'],
): boolean {
  const asked = Object.entries(address).filter(([name]) => !own.includes(name))
  const names = Object.keys(query).filter((name) => !own.includes(name))
  return names.length === asked.length && asked.every(([name, value]) => query[name] === value)
}
