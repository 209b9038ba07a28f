import type { MappedOutcome } from './mapping-asked.ts'

/** Without these the same file would be read as something else. */
export function claimOptions({ kind, completeFrom, completeUntil }: MappedOutcome): string[] {
  if (kind === 'withdrawals') return ['--withdrawals']
  return completeFrom ? [`--complete ${completeFrom}..${completeUntil ?? completeFrom}`] : []
}
