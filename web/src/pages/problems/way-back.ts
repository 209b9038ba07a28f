import type { LocationQuery } from 'vue-router'
import type { Selection } from './use-problems.ts'

/** Who opened an item from the list of problems goes on through these, and back to them. */
const FROM = 'problems'
/** What of a selection the list of obligations can be asked for too. */
const SHARED = ['office', 'campaign', 'state'] as const
/** What it cannot goes along for the way back alone, by names that ask nothing (`OWN` in obligations/asked.ts). */
const ALONG = { origin: 'problemOrigin', type: 'problemType' } as const

type Query = Record<string, string>
const of = (name: string, value: unknown): Query => (value ? { [name]: String(value) } : {})
const sharedOf = (query: LocationQuery | Partial<Selection>): Query =>
  Object.assign({}, ...SHARED.map((name) => of(name, query[name])))

/** The address of an item, among the problems that are selected: the items before and after it are problems, in the same order. */
export function queryOf(selection: Partial<Selection>): Query {
  return { kind: 'rectification', standing: 'all', sort: 'dueAt', ...sharedOf(selection) }
}

/** The same as the list of problems leads to it: the way back from there leads to that list again. */
export function queryFromList(selection: Partial<Selection>): Query {
  const { origin, type } = ALONG
  return {
    ...{ from: FROM, ...queryOf(selection) },
    ...{ ...of(origin, selection.origin), ...of(type, selection.type) },
  }
}

/** Where the way back from an item leads; null for what was not opened from the list of problems. */
export function problemsOf(query: LocationQuery): { name: 'problems'; query: Query } | null {
  if (query['from'] !== FROM) return null
  const along = { ...of('origin', query[ALONG.origin]), ...of('type', query[ALONG.type]) }
  return { name: 'problems', query: { ...sharedOf(query), ...along } }
}
