import type { Refusal } from '../../domain/obligation/lifecycle.ts'
import { keyInState } from '../../domain/obligation/warning-key.ts'
import type { State } from '../../domain/obligation/vocabulary.ts'
import type { Sql } from '../../db/pool.ts'

export const CAME_AGAIN: Refusal = {
  refused: 'came-again',
  message: '撤销之后,同一件事已重新登记为另一件事项,不能再重启;请在那一件上办理。',
}

/**
 * Whether a cancelled warning that is to live again has lost its number: it came in again meanwhile, and the number belongs to
 * the other obligation. So it is with what follows from something and was brought about anew.
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
