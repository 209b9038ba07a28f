import type { Phase } from './use-overview.ts'

/** What is said of work that goes on past a phase: of the last one, past the campaign. */
export function carriedWord({
  code,
  state,
}: Pick<Phase, 'code' | 'state'>): 'carriedPast' | 'carriedLast' | 'carriesPast' | 'carriesLast' {
  if (state === 'closed') return code === 'zero-out' ? 'carriedLast' : 'carriedPast'
  return code === 'zero-out' ? 'carriesLast' : 'carriesPast'
}
