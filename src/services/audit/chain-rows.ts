import type { Block, Checkpoint, SealedEvent, Stream } from '../../domain/audit/chain.ts'
import { row, rows, type Sql } from '../../db/pool.ts'

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
    erasedIf: `e.encrypted_text is null and exists (
      select from subjects s where s.obligation = e.obligation and s.anonymised_wall is not null)`,
  },
} as const satisfies Record<Stream, { table: string; columns: string[]; erasedIf: string }>
export const STREAMS = Object.keys(SEALED) as Stream[]

export const BLOCK_COLUMNS = `number::text, first_id::text as "firstId", last_id::text as "lastId", count, entries, previous, mac,
  ${ms('sealed_wall')} as "sealedWall"`

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
  return rows(
    sql,
    `select ${BLOCK_COLUMNS} from audit_blocks
      where stream = $1 and ($2::bigint is null or number > $2) order by audit_blocks.number limit $3`,
    [stream, after, limit],
  )
}

/** Newest first. */
export function lastBlocks(sql: Sql, stream: Stream, limit: number): Promise<Block[]> {
  return rows(
    sql,
    `select ${BLOCK_COLUMNS} from audit_blocks where stream = $1 order by audit_blocks.number desc limit $2`,
    [stream, limit],
  )
}

export function checkpointOf(sql: Sql, stream: Stream): Promise<Checkpoint | undefined> {
  return row(
    sql,
    `select number::text, through_id::text as "throughId", mac, seal, ${ms('pruned_wall')} as "prunedWall"
       from audit_checkpoints where stream = $1`,
    [stream],
  )
}
