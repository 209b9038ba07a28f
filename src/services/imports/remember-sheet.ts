import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import type { BaseDeps, EncryptionDeps } from '../deps.ts'
import { findingsOf } from './findings.ts'
import { raisesOnly } from './reach.ts'
import { rememberSheet } from './remembered.ts'
import type { ImportRow } from './store.ts'

/**
 * Remembers which sheet of a workbook was meant, once it is registered: a check only tries a sheet. Nothing to remember where one
 * alone could be meant.
 */
export async function rememberRegisteredSheet(
  tx: Sql,
  deps: BaseDeps & EncryptionDeps,
  found: ImportRow,
  now: Instant,
): Promise<void> {
  const { county, givenBy, actor, givenSheet } = found
  const { candidates } = findingsOf(deps.keys, found)
  if (candidates === null || givenSheet === null || raisesOnly(found)) return
  const saying = { county, by: givenBy ?? actor, now, wallNow: deps.wallNow() }
  await rememberSheet(tx, candidates, givenSheet, saying)
}
