import type { Sql } from '../../db/pool.ts'
import { obligations, subjects } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  maybe,
  type RowsOf,
  selectRows,
} from '../../db/select-columns.ts'
import type { PublicContent, WarningContent } from '../../domain/obligation/changes.ts'
import { filedOffice } from '../obligations/filed-office.ts'
import { decryptPerson, type Keyring, type Person } from '../vault/encryption.ts'

const KNOWN = allOf(
  columns(obligations, 'o', ['id', 'key', 'county', 'contentHash', 'importId', 'state', 'office']),
  columnsAs(obligations, 'o', { issued: 'issuedAt' }),
  computed<{ town: string }>({ town: filedOffice('o') }),
  columns(obligations, 'o', ['level', 'cause', 'group', 'source']),
)
export type KnownWarning = RowsOf<typeof KNOWN>

/** What the ledger has under these keys, without the households. */
export function knownWarnings(sql: Sql, keys: readonly string[]): Promise<KnownWarning[]> {
  return selectRows(sql, KNOWN, 'from obligations o where key = any($1)', [keys])
}

const HOUSEHOLD = allOf(
  columns(subjects, 's', ['obligation', 'encrypted', 'keyId']),
  maybe(computed<{ anonymised: boolean }>({ anonymised: 's.anonymised_wall is not null' })),
)

/** The households of these obligations; null where the retention is over. Who has none is not in the map. */
export async function householdsOf(
  sql: Sql,
  keys: Keyring,
  ids: readonly string[],
): Promise<Map<string, Person | null>> {
  const stored = await selectRows(sql, HOUSEHOLD, 'from subjects s where s.obligation = any($1)', [ids])
  return new Map(
    stored.map(({ obligation, encrypted, keyId, anonymised }) => [
      obligation,
      anonymised ? null : decryptPerson(keys, obligation, encrypted, keyId),
    ]),
  )
}

const NOBODY: Person = { name: '', idNo: '', phone: '', village: '', detail: '' }

/** All that the ledger says of a warning. Without a household all of it is empty. */
export function contentOf(
  { level, town, issued, cause, group, source }: PublicContent,
  person: Person | undefined,
): WarningContent {
  return { level, town, issued, cause, group, source, ...(person ?? NOBODY) }
}
