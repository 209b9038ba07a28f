import type { Sql } from '../../db/pool.ts'
import type { Verdict } from './compare-rows.ts'
import type { KnownWarning } from './ledger-content.ts'

export type Repeated = Pick<KnownWarning, 'id' | 'importId'>

/** What the county's ledger has of the rows already, with whatever content. */
export function repeatedOf(verdicts: ReadonlyMap<number, Verdict>): Repeated[] {
  return [...verdicts.values()].filter(({ is }) => is !== 'elsewhere').map(({ known }) => known)
}

/** Keeps of what a file holds again that a file of hits with another reach has raised it. Most files hold nothing of the kind. */
export async function keepRepeats(tx: Sql, importId: string, repeated: readonly Repeated[]): Promise<void> {
  const imports = new Set(repeated.map((one) => one.importId).filter((one) => one !== null))
  if (imports.size === 0) return
  const { rows } = await tx.query<{ id: string }>(
    `select i.id from imports i join imports f on f.id = $1
      where i.id = any($2) and i.reach is not null and i.reach is distinct from f.reach`,
    [importId, [...imports]],
  )
  const ofHits = new Set(rows.map(({ id }) => id))
  const kept = repeated.filter((one) => one.importId !== null && ofHits.has(one.importId))
  if (kept.length === 0) return
  await tx.query(
    'insert into import_repeats (import, obligation) select $1, unnest($2::text[]) on conflict do nothing',
    [importId, kept.map(({ id }) => id)],
  )
}
