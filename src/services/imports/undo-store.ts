import type { Instant } from '../../domain/time/days.ts'
import { WITHDRAWAL } from '../../domain/obligation/withdrawal.ts'
import { actedOn } from '../obligations/touched.ts'
import { endAssignments } from '../obligations/assignments.ts'
import { linesAbout } from '../obligations/lines-about.ts'
import { notify } from '../notifications/notify.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { obligations as obligationTable } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'

/** Whether a file has corrected `obligations o` in something that was not taken back with that file since. */
const CORRECTED = `exists (
  select from events e cross join lateral jsonb_array_elements(coalesce(e.detail -> 'fields', '[{}]')) f
   where e.obligation = o.id and e.action = 'correct' and e.detail ->> 'undone' is null
     and not exists (select from events u
       where u.obligation = o.id and u.action = 'correct' and u.id > e.id and u.detail ->> 'undone' = 'true'
         and u.detail ->> 'import' = e.detail ->> 'import'
         and u.detail -> 'fields' @> jsonb_build_array(jsonb_build_object('field', f ->> 'field'))))`

/**
 * A file with a reach takes back only what is still its own: what lies within the reach, no file has corrected for good, and no file of
 * another reach says too. What the platform says of a warning is not undone by a town.
 */
const STILL_ITS_OWN = `(not exists (select from imports i where i.id = $1 and i.reach is not null)
  or (exists (select from imports i where i.id = $1 and (o.office = i.reach or o.office ^@ (i.reach || '.')))
      and not ${CORRECTED}
      and not duban_said_elsewhere(o.id)))`

/** `isWithdrawable` in SQL: tests/services/imports/undo.test.ts holds them together. */
const WITHDRAWABLE = `o.import_id = $1 and not ${actedOn('o')} and ${STILL_ITS_OWN}
  and o.state in (${WITHDRAWAL.from.map((state) => `'${state}'`).join(', ')})`

/** External ids of what somebody has worked on since, or is not the file's own any more: an undo leaves it alone and names it. */
export async function touchedOf(tx: Sql, importId: string): Promise<string[]> {
  const touched = await selectRows(
    tx,
    columns(obligationTable, 'o', ['externalId']),
    `from obligations o where o.import_id = $1 and o.state <> '${WITHDRAWAL.state}' and not (${WITHDRAWABLE})
      order by 1`,
    [importId],
  )
  return touched.map((t) => t.externalId ?? '')
}

/** What nobody has touched, by id; nobody touches it until the transaction ends. */
export async function lockUntouched(tx: Sql, importId: string): Promise<string[]> {
  // What somebody did while their row was waited for is seen by the statement after the lock alone.
  await tx.query('select from obligations where import_id = $1 order by id for update', [importId])
  const untouched = `from obligations o where ${WITHDRAWABLE} order by o.id`
  const found = await selectRows(tx, columns(obligationTable, 'o', ['id']), untouched, [importId])
  return found.map(({ id }) => id)
}

/** Cancels them and frees their keys, so that the file can come again. */
export async function cancelUntouched(
  tx: Sql,
  undo: { obligations: readonly string[]; actor: string },
  now: Instant,
): Promise<void> {
  await endAssignments(tx, undo.obligations, now)
  await tx.query(
    `with gone as (
       update obligations o set state = $4, closed_at = $2, key = null, version = version + 1
        where o.id = any($1) returning o.id)
     insert into events (obligation, at, actor, action, state, detail)
     select id, $2, $3, $5, $4, '{"reason":"导入已撤销"}' from gone`,
    [undo.obligations, ts(now), undo.actor, WITHDRAWAL.state, WITHDRAWAL.action],
  )
}

/**
 * Takes away who the households of withdrawn obligations were: with the obligation the purpose is gone that their data were taken for
 * (个人信息保护法 47). Where somebody has looked at one, it stays as long as the record of that does (retention.ts).
 * @returns of how many
 */
export async function eraseUnrevealed(tx: Sql, obligations: readonly string[]): Promise<number> {
  // What another file said of them goes with them.
  await tx.query('delete from import_changes where obligation = any($1)', [obligations])
  const { rowCount } = await tx.query(
    `with gone as (
       delete from subjects s where s.obligation = any($1)
          and not exists (select r.obligation from reveals r where r.obligation = s.obligation) returning s.obligation)
     update obligations o set content_hash = null from gone where o.id = gone.obligation`,
    [obligations],
  )
  return rowCount ?? 0
}

/** One line in the next digest of everybody who was told of something that is now withdrawn. */
export async function noticeCorrection(
  tx: Sql,
  undo: { county: string; importId: string },
  now: Instant,
): Promise<void> {
  const told = await rows<{ person: string; n: number }>(
    tx,
    `select n.person, count(distinct o.id) as n
       from obligations o cross join lateral ${linesAbout('o.id')} n
      where ${WITHDRAWABLE} and n.state = 'mailed' group by n.person`,
    [undo.importId],
  )
  await notify(
    tx,
    {
      county: undo.county,
      cause: `undo/${undo.importId}`,
      deadline: null,
      urgent: false,
      people: told.map(({ person, n }) => ({
        person,
        kind: 'correction',
        audience: null,
        detail: `此前提醒的 ${n} 件预警因导入撤销已不再需要办理。`,
      })),
    },
    now,
  )
}
