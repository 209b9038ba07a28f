import { keyInState } from '../../domain/obligation/warning-key.ts'
import type { State } from '../../domain/obligation/vocabulary.ts'
import type { Sql } from '../../db/pool.ts'

/**
 * Whether a cancelled warning that is to live again has lost its number: it came in again meanwhile, and the number belongs to
 * the other obligation.
 */
export async function cameAgain(
  tx: Sql,
  obligation: { id: string; key: string | null },
  next: State,
): Promise<boolean> {
  const key = keyInState(obligation, next)
  if (key === null || key === obligation.key) return false
  const { rowCount } = await tx.query('select from obligations where key = $1', [key])
  return rowCount === 1
}
