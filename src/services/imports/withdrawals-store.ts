import type { Day } from '../../domain/time/days.ts'
import { isClosed } from '../../domain/obligation/vocabulary.ts'
import { insertRows } from '../../db/insert-rows.ts'
import type { NewRow } from '../../db/row-types.ts'
import { row, type Sql } from '../../db/pool.ts'
import { importWithdrawals, obligations, offices } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, computed, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { actedOn } from '../obligations/touched.ts'
import { CLOSED } from '../obligations/closed-states.ts'

const CANDIDATE = allOf(
  columns(obligations, 'o', ['id', 'externalId', 'state', 'level', 'office', 'key']),
  computed<{ acted: boolean }>({ acted: actedOn('o') }),
)
export type Candidate = RowsOf<typeof CANDIDATE>

/** What the county has of these numbers: one county's file never cancels what another has. */
export function candidatesByKey(sql: Sql, county: string, keys: readonly string[]): Promise<Candidate[]> {
  return selectRows(sql, CANDIDATE, 'from obligations o where key = any($1) and county = $2', [keys, county])
}

/** Open warnings of the platform that were issued in a span of days and are not among these numbers. */
export function openWarningsBeside(
  sql: Sql,
  { county, from, until }: { county: string; from: Day; until: Day },
  seen: readonly string[],
): Promise<Candidate[]> {
  return selectRows(
    sql,
    CANDIDATE,
    `from obligations o
      where o.county = $1 and o.key like 'platform|%' and o.state not in (${CLOSED})
        and (o.issued_at at time zone 'Asia/Shanghai')::date between $2::date and $3::date
        and not o.external_id = any($4) order by o.id`,
    [county, from, until, seen],
  )
}

/** Locked until the transaction ends, so that nobody begins work on it. */
export async function lockCandidates(tx: Sql, ids: readonly string[]): Promise<Candidate[]> {
  await tx.query('select from obligations where id = any($1) order by id for update', [ids])
  // Another statement: it sees what somebody did while their row was waited for.
  return selectRows(tx, CANDIDATE, 'from obligations o where o.id = any($1) order by o.id', [ids])
}

/** What stands in the way of cancelling it with the others; null for nothing. */
export function keptBecause({ state, acted }: Candidate): 'closed' | 'worked-on' | null {
  if (isClosed(state)) return 'closed'
  return acted ? 'worked-on' : null
}

export async function addWithdrawals(
  tx: Sql,
  importId: string,
  rows: readonly Omit<NewRow<typeof importWithdrawals>, 'import'>[],
): Promise<void> {
  await insertRows(tx, importWithdrawals, rows, { constant: { import: importId }, onConflict: 'do nothing' })
}

const WITHDRAWAL = allOf(
  columns(importWithdrawals, 'w', ['obligation', 'row', 'externalId', 'state', 'encrypted', 'keyId']),
  columns(obligations, 'o', ['title', 'level']),
  columnsAs(obligations, 'o', { officeCode: 'office' }),
  columnsAs(offices, 'f', { officeName: 'name' }),
)
export type ProposedWithdrawal = RowsOf<typeof WITHDRAWAL>

/** What an import proposes to cancel, by its numbers. */
export function withdrawalsOf(
  sql: Sql,
  importId: string,
  after: string,
  limit: number,
): Promise<ProposedWithdrawal[]> {
  return selectRows(
    sql,
    WITHDRAWAL,
    `from import_withdrawals w join obligations o on o.id = w.obligation join offices f on f.code = o.office
      where w.import = $1 and w.external_id > $2 order by w.external_id limit $3`,
    [importId, after, limit],
  )
}

/** How many of them would be cancelled now. */
export async function countOpenWithdrawals(sql: Sql, importId: string): Promise<number> {
  const open = `select count(*)::int as open from import_withdrawals where import = $1 and state = 'open'`
  return (await row<{ open: number }>(sql, open, [importId]))?.open ?? 0
}

const OPEN = columns(importWithdrawals, 'w', ['obligation', 'row', 'encrypted', 'keyId'])

/** What is still to be cancelled. */
export function openWithdrawals(tx: Sql, importId: string): Promise<RowsOf<typeof OPEN>[]> {
  const open = `from import_withdrawals w where import = $1 and state = 'open' order by obligation`
  return selectRows(tx, OPEN, open, [importId])
}

/** What was proposed is not cancelled, and proposed no more. */
export async function dropProposed(tx: Sql, importId: string): Promise<void> {
  await tx.query(`delete from import_withdrawals where import = $1 and state = 'open'`, [importId])
}

export async function settleWithdrawals(
  tx: Sql,
  importId: string,
  obligations: readonly string[],
  state: 'cancelled' | 'kept',
): Promise<void> {
  await tx.query('update import_withdrawals set state = $3 where import = $1 and obligation = any($2)', [
    importId,
    obligations,
    state,
  ])
}
