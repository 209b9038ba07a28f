import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { obligations, offices, reveals, subjects } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  type RowsOf,
  selectRow,
  selectRows,
} from '../../db/select-columns.ts'

/** An arbitrary constant: the lock that counts one person's reveals one after the other. */
const REVEALS = 7_209_082

/**
 * When somebody has revealed `limit` households since `since`: the instant of the first of these; otherwise
 * null. Holds further reveals of theirs until the transaction ends, so that none escapes the count.
 */
export async function revealQuotaFreeAgainAt(
  tx: Sql,
  person: string,
  since: Instant,
  limit: number,
): Promise<Instant | null> {
  await holdReveals(tx, person)
  const first = await selectRow(
    tx,
    columns(reveals, 'r', ['atWall']),
    'from reveals r where person = $1 and at_wall > $2 and counted order by at_wall desc offset $3 limit 1',
    [person, ts(since), limit - 1],
  )
  return first?.atWall ?? null
}

/** Nothing more is revealed to this person until the transaction ends. */
async function holdReveals(tx: Sql, person: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [REVEALS, person])
}

/**
 * Which of these obligations' households the same person was shown since `since`, and it counted: a look that cost nothing makes no
 * further one free. Holds further reveals of theirs.
 */
export async function revealedSince(
  tx: Sql,
  person: string,
  since: Instant,
  obligations: readonly string[],
): Promise<ReadonlySet<string>> {
  await holdReveals(tx, person)
  const shown = 'from reveals r where person = $1 and at_wall > $2 and counted and obligation = any($3)'
  const found = await selectRows(tx, columns(reveals, 'r', ['obligation']), shown, [
    person,
    ts(since),
    obligations,
  ])
  return new Set(found.map(({ obligation }) => obligation))
}

/** How many households somebody has revealed since then. */
export async function countReveals(tx: Sql, person: string, since: Instant): Promise<number> {
  const counted = computed<{ many: number }>({ many: 'count(*)::int' })
  const found = await selectRow(
    tx,
    counted,
    'from reveals r where person = $1 and at_wall > $2 and counted',
    [person, ts(since)],
  )
  return found?.many ?? 0
}

const HOUSEHOLD = allOf(
  columns(subjects, 's', ['encrypted', 'keyId']),
  computed<{ anonymised: boolean }>({ anonymised: 's.anonymised_wall is not null' }),
  columns(obligations, 'o', ['office', 'county']),
)

/**
 * The household of an obligation, if the reader may see one. Until the transaction ends, the undoing of an
 * import cannot erase it.
 */
export async function subjectOf(tx: Sql, obligation: string): Promise<RowsOf<typeof HOUSEHOLD> | undefined> {
  await tx.query('select from obligations where id = $1 for key share', [obligation])
  const one = 'from subjects s join obligations o on o.id = s.obligation where s.obligation = $1'
  return selectRow(tx, HOUSEHOLD, one, [obligation])
}

export async function addReveal(
  tx: Sql,
  reveal: {
    person: string
    obligation: string
    reason: { encrypted: Buffer; keyId: string }
    atWall: Instant
    /** False where it shows again what they were shown within a day. */
    counted?: boolean
  },
): Promise<void> {
  const { person, obligation, reason, atWall, counted = true } = reveal
  const { encrypted: encryptedReason, keyId } = reason
  await insertRow(tx, reveals, { person, obligation, encryptedReason, keyId, atWall, counted })
}

const LOOKED_UP = allOf(
  columns(obligations, 'o', ['id', 'externalId', 'title', 'kind', 'state', 'dueOn']),
  columnsAs(obligations, 'o', { officeCode: 'office' }),
  columnsAs(offices, 'f', { officeName: 'name' }),
)
export type LookedUp = RowsOf<typeof LOOKED_UP>

/** Obligations whose household has this number. `hashes` are the number's hashes under every live index key. */
export function obligationsOf(
  sql: Sql,
  field: 'idNo' | 'phone',
  hashes: readonly Buffer[],
  limit: number,
): Promise<LookedUp[]> {
  return selectRows(
    sql,
    LOOKED_UP,
    `from subjects s join obligations o on o.id = s.obligation join offices f on f.code = o.office
      where ${field === 'idNo' ? 's.id_no_index' : 's.phone_index'} = any($1)
      order by o.due_at desc, o.id limit $2`,
    [hashes, limit],
  )
}
