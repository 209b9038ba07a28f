import type { State } from '../../domain/obligation/vocabulary.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import { poke } from '../watching/pokes.ts'
import { reopenAssignments, voidAssignments } from './ended-assignments.ts'

/** The columns of an obligation that an action may change; its version only rises. */
const COLUMNS = [
  ...[
    'state',
    'office',
    'reviewer',
    'stage',
    'holder_office',
    'holder_person',
    'holder_due_at',
    'holder_due_on',
  ],
  ...[
    'ended_late',
    'acknowledged_at',
    'result',
    'key',
    'closed_at',
    'start_on',
    'due_at',
    'due_on',
    'provisional',
  ],
]
/** Tables whose rows come and go with an action, and the columns of them that an action changes. */
const LEDGERS = {
  pauses: ['resumed_on', 'resumed_by'],
  extensions: [
    ...['state', 'origin', 'granted_days', 'answered_by', 'answered_at', 'waited_from', 'waited_until'],
  ],
  hand_overs: ['state', 'answered_by', 'answered_at', 'held_days', 'in_force'],
  contacts: [],
} as const
const LEDGER_NAMES = Object.keys(LEDGERS) as (keyof typeof LEDGERS)[]

/** An obligation with all that an action may change of it, as it stood. Encrypted texts stay encrypted. */
export type Snapshot = {
  obligation: { state: State } & Record<string, unknown>
  /** The assignments that were open. */
  open: { id: string; person: string | null }[]
  texts: { encrypted: string; key_id: string } | null
} & Record<keyof typeof LEDGERS, { id: string }[]>

export async function snapshotOf(sql: Sql, id: string): Promise<Snapshot> {
  const ledgers = LEDGER_NAMES.map(
    (name) =>
      `'${name}', (select coalesce(jsonb_agg(to_jsonb(l)), '[]') from ${name} l where l.obligation = o.id)`,
  )
  const found = await row<{ before: Snapshot }>(
    sql,
    `select jsonb_build_object(
        'obligation', jsonb_build_object(${COLUMNS.map((name) => `'${name}', o.${name}`).join(', ')}),
        'open', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'person', a.person)), '[]')
                   from assignments a where a.obligation = o.id and a.ended_at is null),
        'texts', (select jsonb_build_object('encrypted', encode(t.encrypted, 'base64'), 'key_id', t.key_id)
                    from result_texts t where t.obligation = o.id),
        ${ledgers.join(', ')}) as before
       from obligations o where o.id = $1`,
    [id],
  )
  if (!found) throw new Error(`no obligation ${id}`)
  return found.before
}

/**
 * Everything is as it stood, with the same assignments and due instants; the version rises. What is new since goes. Deadlines on both sides
 * are woken; what they told before is not told again.
 */
export async function restore(tx: Sql, id: string, before: Snapshot): Promise<void> {
  // An obligation that went to another office is seen by its offer until its own row is back.
  for (const name of LEDGER_NAMES) await restoreLedger(tx, id, name, before[name])
  await restoreTexts(tx, id, before.texts)
  await restoreAssignments(tx, id, before.open)
  const list = COLUMNS.join(', ')
  await tx.query(
    `update obligations o set (${list}) = (select ${list} from jsonb_populate_record(null::obligations, $2)),
            version = o.version + 1 where o.id = $1`,
    [id, JSON.stringify(before.obligation)],
  )
}

async function restoreLedger(
  tx: Sql,
  id: string,
  name: keyof typeof LEDGERS,
  rowsBefore: readonly { id: string }[],
): Promise<void> {
  await tx.query(`delete from ${name} where obligation = $1 and not id = any($2)`, [
    id,
    rowsBefore.map((one) => one.id),
  ])
  const changed = LEDGERS[name]
  if (changed.length === 0 || rowsBefore.length === 0) return
  const set = changed.map((column) => `${column} = b.${column}`).join(', ')
  await tx.query(
    `update ${name} l set ${set} from jsonb_populate_recordset(null::${name}, $2) b where l.id = b.id and l.obligation = $1`,
    [id, JSON.stringify(rowsBefore)],
  )
}

async function restoreTexts(tx: Sql, id: string, texts: Snapshot['texts']): Promise<void> {
  if (texts === null) {
    await tx.query('delete from result_texts where obligation = $1', [id])
    return
  }
  await tx.query(
    `insert into result_texts (obligation, encrypted, key_id) values ($1, decode($2, 'base64'), $3)
     on conflict (obligation) do update set encrypted = excluded.encrypted, key_id = excluded.key_id`,
    [id, texts.encrypted, texts.key_id],
  )
}

async function restoreAssignments(tx: Sql, id: string, open: Snapshot['open']): Promise<void> {
  const ids = open.map((one) => one.id)
  const begun = await rows<{ id: string; deadline: string }>(
    tx,
    'select id, deadline from assignments where obligation = $1 and ended_at is null and not id = any($2)',
    [id, ids],
  )
  await voidAssignments(
    tx,
    begun.map((one) => one.id),
  )
  await poke(tx, 'deadline', [...new Set(begun.map((one) => one.deadline))])
  if (open.length > 0) await reopenAssignments(tx, open)
}
