import type { Finding } from '../../domain/audit/walk.ts'
import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { auditChecks, people } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  maybe,
  type RowsOf,
  selectRow,
  selectRows,
} from '../../db/select-columns.ts'

const CHECK = columns(auditChecks, 'c', ['id', 'askedWall', 'askedBy', 'endedWall', 'findings', 'faultCount'])
const SHOWN = allOf(CHECK, maybe(columnsAs(people, 'p', { askedByName: 'name' })))
export type AuditCheck = RowsOf<typeof CHECK>
export type ShownCheck = RowsOf<typeof SHOWN>

/** Whoever cut off a million records needs no list of them. */
const FINDINGS_KEPT = 200
/** How many of the newest checks are shown. */
const SHOWN_CHECKS = 10

/**
 * Asks for a check of the whole chain, which the verifier makes. While one goes on, that one is meant: two would find the same.
 * @param askedBy a person or an API key; null for the daily one
 * @returns whether a new one was asked for
 */
export async function askCheck(tx: Sql, askedBy: string | null, askedWall: Instant): Promise<boolean> {
  const asked = await insertRow(
    tx,
    auditChecks,
    { id: newId('ac'), askedWall, askedBy },
    { onConflict: '((ended_wall is null)) where ended_wall is null do nothing', returning: ['id'] },
  )
  return asked !== undefined
}

/** The newest checks, the last one first. */
export function newestChecks(sql: Sql): Promise<ShownCheck[]> {
  const from = 'from audit_checks c left join people p on p.id = c.asked_by'
  return selectRows(sql, SHOWN, `${from} order by c.asked_wall desc, c.id desc limit ${SHOWN_CHECKS}`)
}

/** The check that waits for its end. */
export function openCheck(sql: Sql): Promise<AuditCheck | undefined> {
  return selectRow(sql, CHECK, 'from audit_checks c where ended_wall is null')
}

/** The check that was asked for last, whatever became of it. */
export function lastCheck(sql: Sql): Promise<AuditCheck | undefined> {
  return selectRow(sql, CHECK, 'from audit_checks c order by asked_wall desc, id desc limit 1')
}

/** @param findings null where none could be looked for */
export async function endCheck(
  tx: Sql,
  id: string,
  findings: readonly Finding[] | null,
  endedWall: Instant,
): Promise<void> {
  const kept = JSON.stringify((findings ?? []).slice(0, FINDINGS_KEPT))
  await tx.query(
    'update audit_checks set ended_wall = $2, findings = $3, fault_count = $4 where id = $1 and ended_wall is null',
    [id, ts(endedWall), kept, findings?.length ?? null],
  )
}
