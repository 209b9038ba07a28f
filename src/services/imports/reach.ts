import type { ImportRow } from './store.ts'

type Reaching = Pick<ImportRow, 'county' | 'reach'>

/** The only town of whose households a file may tell; undefined where the whole county is its own. */
export function townReached({ county, reach }: Reaching): string | undefined {
  return reach === null || reach === county ? undefined : reach
}

/**
 * Whether a file only raises new warnings: what came from whoever performs a comparison (R3, R4) corrects nothing that is in the
 * ledger, and what was said of its columns and words is remembered for no other file.
 */
export function raisesOnly({ reach }: Pick<ImportRow, 'reach'>): boolean {
  return reach !== null
}
