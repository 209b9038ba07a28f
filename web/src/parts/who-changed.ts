import type { Problem } from '../api/problem.ts'
import type { Happened } from './conflict.ts'

/** Who changed it meanwhile and when, as the refusal (412) tells it; nothing where it does not. @param what they did, in words */
export function happenedFrom(problem: Problem | null, what: string): Happened[] {
  const { by, at } = problem?.params ?? {}
  if (typeof by !== 'string' || typeof at !== 'string') return []
  return [{ key: at, who: by, at, what, text: null }]
}
