import type { Role } from './use-people.ts'

/** A role in an office as it stands in a form; empty where nothing is chosen. */
export type Post = { office: string; role: Role | ''; from: string; until: string }

export const NO_POST: Post = { office: '', role: '', from: '', until: '' }

/** What the API takes; an open end is left out. Null while office or role is not chosen. */
export function postBody({ office, role, from, until }: Post) {
  if (office === '' || role === '') return null
  return { office, role, ...(from && { from }), ...(until && { until }) }
}
