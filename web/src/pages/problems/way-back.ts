import type { LocationQuery } from 'vue-router'
import type { Selection } from './use-problems.ts'

/** Who opened an item from the list of problems goes on through these, and back to them. */
const FROM = 'problems'
/** What of a selection the list of obligations can be asked for too. */
const SHARED = ['office', 'campaign', 'state'] as const

const sharedOf = (query: LocationQuery | Partial<Selection>) =>
  Object.fromEntries(SHARED.flatMap((name) => (query[name] ? [[name, String(query[name])]] : [])))

/** The address of an item, as the list of problems leads to it: the items before and after it are problems, in the same order. */
export function queryOf(selection: Partial<Selection>): Record<string, string> {
  return { from: FROM, kind: 'rectification', standing: 'all', sort: 'dueAt', ...sharedOf(selection) }
}

/** Where the way back from an item leads; null for what was not opened from the list of problems. */
export function problemsOf(query: LocationQuery): { name: 'problems'; query: Record<string, string> } | null {
  return query['from'] === FROM ? { name: 'problems', query: sharedOf(query) } : null
}
