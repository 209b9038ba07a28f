import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { rosterChanges, rosterHouseholds } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, selectRows } from '../../db/select-columns.ts'
import { updateRows } from '../../db/update-rows.ts'
import type { Keyring } from '../vault/encryption.ts'
import { decryptBefore, rosterColumns } from './content.ts'
import type { RosterImport } from './store.ts'

/** What taking a file back did: households that went, that are as before, and that somebody has worked with since. */
export type RosterUndone = { removed: number; restored: number; kept: number }

/**
 * Takes back a file of the roster: what it brought goes unless somebody changed it, a screening has it or a sample was drawn from it;
 * what it changed is as before unless it was changed again. The caller has locked roster and file.
 */
export async function undoRoster(
  tx: Sql,
  keys: Keyring,
  { of, by, now }: { of: RosterImport; by: string; now: Instant },
): Promise<RosterUndone> {
  const removed = await removeAdded(tx, of.id)
  const restored = await restoreChanged(tx, keys, of.id, now)
  await tx.query(`update roster_imports set state = 'undone', undone_by = $2, undone_at = $3 where id = $1`, [
    ...[of.id, by, ts(now)],
  ])
  return { removed, restored, kept: of.added + of.changed - removed - restored }
}

async function removeAdded(tx: Sql, id: string): Promise<number> {
  const gone = await rows(
    tx,
    `delete from roster_households h where h.import = $1 and h.version = 1
        and not exists (select from screening_entries e where e.roster = h.id)
        and not exists (select from sample_households s where s.roster = h.id)
        and not exists (select from roster_changes c where c.household = h.id) returning h.id`,
    [id],
  )
  return gone.length
}

const CHANGE = allOf(
  columns(rosterChanges, 'c', ['household', 'encrypted', 'keyId']),
  columnsAs(rosterHouseholds, 'h', { version: 'version' }),
)

async function restoreChanged(tx: Sql, keys: Keyring, id: string, now: Instant): Promise<number> {
  const mine = await selectRows(
    tx,
    CHANGE,
    `from roster_changes c join roster_households h on h.id = c.household and h.version = c.version
      where c.import = $1 and c.encrypted is not null and h.removed_at is null for update of h`,
    [id],
  )
  const before = mine.map(({ household, encrypted, keyId, version }) => ({
    ...{ id: household, version: version + 1 },
    ...rosterColumns(keys, household, decryptBefore(keys, id, { household, encrypted: encrypted!, keyId })),
  }))
  await updateRows(tx, rosterHouseholds, ['id'], before, { changedAt: now })
  return before.length
}
