import { TEXTS_ERASED } from '../../domain/obligation/event-labels.ts'
import type { Block, Checkpoint, SealedEvent, Stream } from '../../domain/audit/chain.ts'
import type { Sql } from '../../db/pool.ts'
import { auditBlocks, auditCheckpoints } from '../../db/schema/index.ts'
import { allOf, columns, computed, selectRow, selectRows } from '../../db/select-columns.ts'

/** An instant as milliseconds in full, so that no value loses digits or stops the reading. */
const ms = (column: string) => `trim_scale(extract(epoch from ${column}) * 1000)::text`

/** The columns under the seal. jsonb is read as PostgreSQL writes it, which keeps one form of each value. */
export const SEALED = {
  audit: {
    table: 'audit_events',
    columns: [
      ms('e.at_wall'),
      ...['county', 'actor', 'behalf', 'address', 'action', 'subject', 'outcome'].map((c) => `e.${c}`),
      'e.detail::text',
      'e.request_id',
    ],
    erasedIf: 'false',
  },
  // Only whether there is a text is sealed: the text itself is encrypted, and its key rotates.
  history: {
    table: 'events',
    columns: [
      'e.obligation',
      ms('e.at'),
      ...['actor', 'action', 'state'].map((c) => `e.${c}`),
      'e.detail::text',
      "case when e.encrypted_text is null then '' else 'text' end",
    ],
    // Said by the household, or by a later event of the history, which is sealed like any other.
    erasedIf: `e.encrypted_text is null and (
      exists (select from subjects s where s.obligation = e.obligation and s.anonymised_wall is not null)
      or exists (select from events x where x.obligation = e.obligation and x.id > e.id and x.action = '${TEXTS_ERASED}'))`,
  },
} as const satisfies Record<Stream, { table: string; columns: string[]; erasedIf: string }>
export const STREAMS = Object.keys(SEALED) as Stream[]

/** A block of `audit_blocks b`. Numbers are text, so that no digit is lost. */
export const BLOCK = allOf(
  columns(auditBlocks, 'b', ['count', 'entries', 'previous', 'mac']),
  computed<Pick<Block, 'number' | 'firstId' | 'lastId' | 'sealedWall'>>({
    ...{ number: 'b.number::text', firstId: 'b.first_id::text', lastId: 'b.last_id::text' },
    sealedWall: ms('b.sealed_wall'),
  }),
)
const CHECKPOINT = allOf(
  columns(auditCheckpoints, 'c', ['mac', 'seal']),
  computed<Pick<Checkpoint, 'number' | 'throughId' | 'prunedWall'>>({
    ...{ number: 'c.number::text', throughId: 'c.through_id::text', prunedWall: ms('c.pruned_wall') },
  }),
)

/** The events that satisfy `condition`, as they are sealed. */
export async function sealedEvents(
  sql: Sql,
  stream: Stream,
  condition: string,
  values: unknown[],
): Promise<SealedEvent[]> {
  return asSealed(sql, selectSealed(stream, condition), values)
}

/** The same in order of id, in portions of `size`, from one scan of the table. */
export async function* sealedInTurn(
  tx: Sql,
  stream: Stream,
  condition: string,
  values: unknown[],
  size: number,
): AsyncGenerator<SealedEvent[]> {
  const cursor = `sealing_${stream}`
  await tx.query(
    `declare ${cursor} no scroll cursor for ${selectSealed(stream, condition)} order by e.id`,
    values,
  )
  for (;;) {
    const events = await asSealed(tx, `fetch ${size} from ${cursor}`, [])
    if (events.length > 0) yield events
    if (events.length < size) break
  }
  await tx.query(`close ${cursor}`)
}

function selectSealed(stream: Stream, condition: string): string {
  const { table, columns, erasedIf } = SEALED[stream]
  return `select e.id, ${erasedIf}, ${columns.join(', ')} from ${table} e where ${condition}`
}

async function asSealed(sql: Sql, text: string, values: unknown[]): Promise<SealedEvent[]> {
  const found = await sql.query<[number, boolean, ...(string | null)[]]>({ text, values, rowMode: 'array' })
  return found.rows.map(([id, erased, ...content]) => ({
    id,
    content,
    ...(erased ? { erased: [...content.slice(0, -1), 'text'] } : {}),
  }))
}

/** In order of number. @param after a number as text; null from the beginning */
export function blocksAfter(sql: Sql, stream: Stream, after: string | null, limit: number): Promise<Block[]> {
  return selectRows(
    sql,
    BLOCK,
    'from audit_blocks b where stream = $1 and ($2::bigint is null or b.number > $2) order by b.number limit $3',
    [stream, after, limit],
  )
}

/** Newest first. */
export function lastBlocks(sql: Sql, stream: Stream, limit: number): Promise<Block[]> {
  const newest = 'from audit_blocks b where stream = $1 order by b.number desc limit $2'
  return selectRows(sql, BLOCK, newest, [stream, limit])
}

export function checkpointOf(sql: Sql, stream: Stream): Promise<Checkpoint | undefined> {
  return selectRow(sql, CHECKPOINT, 'from audit_checkpoints c where stream = $1', [stream])
}
